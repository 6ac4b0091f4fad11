using System.Buffers.Binary;

namespace TeleCube.Media.Dtmf;

/// <summary>The payload of a telephone-event packet (RFC 4733 §2.3): event, end bit, volume, duration in timestamp units.</summary>
public readonly record struct TelephoneEvent(byte Code, bool End, byte Volume, ushort Duration)
{
    public const int Bytes = 4;
    const string Digits = "0123456789*#ABCD";

    /// <summary>The key, or null for an event that is no key (flash, modem tones).</summary>
    public char? Digit => Code < Digits.Length ? Digits[Code] : null;

    /// <summary>-1 for a character that is no key.</summary>
    public static int CodeOf(char digit) => Digits.IndexOf(char.ToUpperInvariant(digit), StringComparison.Ordinal);

    public static bool TryParse(ReadOnlySpan<byte> payload, out TelephoneEvent parsed)
    {
        parsed = default;
        if (payload.Length < Bytes) return false;
        parsed = new(payload[0], (payload[1] & 0x80) != 0, (byte)(payload[1] & 0x3F), BinaryPrimitives.ReadUInt16BigEndian(payload[2..]));
        return true;
    }

    public void Write(Span<byte> to)
    {
        to[0] = Code;
        to[1] = (byte)(Volume | (End ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(to[2..], Duration);
    }
}
