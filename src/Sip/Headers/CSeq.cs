using System.Buffers;
using System.Text.Json.Serialization;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>CSeq = 1*DIGIT LWS Method (RFC 3261 §20.16).</summary>
[JsonConverter(typeof(WireJsonConverter<CSeq>))]
public readonly record struct CSeq(uint Number, SipMethod Method) : ISipHeaderValue<CSeq>
{
    const uint MaxNumber = int.MaxValue; // 2**31 - 1, RFC 3261 §8.1.1.5

    public static bool TryParse(ReadOnlySpan<byte> value, out CSeq parsed)
    {
        parsed = default;
        var reader = new SipReader(value);
        if (!reader.TryReadUInt32(out var number) || number > MaxNumber) return false;
        if (!reader.TrySkipWhitespace() || !reader.TryReadToken(out var method) || !reader.TryEnd()) return false;
        parsed = new(number, SipMethod.From(method));
        return true;
    }

    // 314159 INVITE
    public void WriteTo(IBufferWriter<byte> output)
    {
        output.WriteNumber(Number);
        output.WriteByte((byte)' ');
        Method.WriteTo(output);
    }

    public override string ToString() => WireText.Of(this);
}
