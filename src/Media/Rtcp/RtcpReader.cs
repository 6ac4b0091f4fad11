using System.Buffers.Binary;

namespace TeleCube.Media.Rtcp;

/// <summary>Walks the packets of an RTCP compound (RFC 3550 §6.1, §6.4); stops at the end or at the first that is malformed.</summary>
public ref struct RtcpReader(ReadOnlySpan<byte> compound)
{
    public const byte SenderReport = 200, ReceiverReport = 201, SourceDescription = 202, Goodbye = 203;

    ReadOnlySpan<byte> _rest = compound;

    public byte Type { get; private set; }
    public int Count { get; private set; }

    /// <summary>What follows the four header bytes.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

    public bool MoveNext()
    {
        if (_rest.Length < 4 || _rest[0] >> 6 != 2) return false;
        var length = 4 + 4 * BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]);
        if (length > _rest.Length) return false;
        (Count, Type) = (_rest[0] & 0x1F, _rest[1]);
        Body = _rest[4..length];
        _rest = _rest[length..];
        return true;
    }

    /// <summary>The sender information of an SR.</summary>
    public readonly bool TrySenderInfo(out SenderInfo info)
    {
        info = default;
        return Type == SenderReport && SenderInfo.TryParse(Body, out info);
    }

    /// <summary>The n-th report block of an SR or RR.</summary>
    public readonly bool TryBlock(int n, out ReportBlock block)
    {
        block = default;
        var start = Type == SenderReport ? SenderInfo.Bytes : 4;
        return Type is SenderReport or ReceiverReport && n < Count && start + (n + 1) * ReportBlock.Bytes <= Body.Length
            && ReportBlock.TryParse(Body[(start + n * ReportBlock.Bytes)..], out block);
    }
}
