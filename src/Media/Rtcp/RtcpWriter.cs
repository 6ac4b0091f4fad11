using System.Buffers.Binary;

namespace TeleCube.Media.Rtcp;

/// <summary>Writes RTCP compounds: SR or RR, then SDES with the CNAME, at the end of a stream BYE (RFC 3550 §6.1).</summary>
public static class RtcpWriter
{
    const byte CanonicalName = 1;

    /// <summary>An SR when there is sender information, else an RR; with a report block when something was received. Returns the length.</summary>
    public static int WriteReport(Span<byte> to, uint ssrc, SenderInfo? sender, ReportBlock? block, ReadOnlySpan<byte> cname)
    {
        var at = 4;
        if (sender is { } info)
        {
            info.Write(to[at..]);
            at += SenderInfo.Bytes;
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(to[at..], ssrc);
            at += 4;
        }
        if (block is { } received)
        {
            received.Write(to[at..]);
            at += ReportBlock.Bytes;
        }
        WriteHeader(to, sender is null ? RtcpReader.ReceiverReport : RtcpReader.SenderReport, block is null ? 0 : 1, at);
        return at + WriteDescription(to[at..], ssrc, cname);
    }

    public static int WriteGoodbye(Span<byte> to, uint ssrc)
    {
        BinaryPrimitives.WriteUInt32BigEndian(to[4..], ssrc);
        WriteHeader(to, RtcpReader.Goodbye, 1, 8);
        return 8;
    }

    static int WriteDescription(Span<byte> to, uint ssrc, ReadOnlySpan<byte> cname)
    {
        var used = 4 + 4 + 2 + cname.Length + 1; // header, SSRC, item, and at least one zero to end the items
        var length = (used + 3) & ~3;
        to[..length].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(to[4..], ssrc);
        (to[8], to[9]) = (CanonicalName, (byte)cname.Length);
        cname.CopyTo(to[10..]);
        WriteHeader(to, RtcpReader.SourceDescription, 1, length);
        return length;
    }

    static void WriteHeader(Span<byte> to, byte type, int count, int length)
    {
        (to[0], to[1]) = ((byte)(0x80 | count), type);
        BinaryPrimitives.WriteUInt16BigEndian(to[2..], (ushort)(length / 4 - 1));
    }
}
