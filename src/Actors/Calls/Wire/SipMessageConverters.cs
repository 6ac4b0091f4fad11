using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>A SIP message in the journal is its wire text (Latin-1 maps bytes to characters one to one, so any body survives).</summary>
static class WireText
{
    public static void Write(Utf8JsonWriter writer, SipMessage message)
    {
        using var wire = new WireBuffer();
        message.WriteTo(wire);
        if (Ascii.IsValid(wire.Written)) writer.WriteStringValue(wire.Written); // the same in both
        else writer.WriteStringValue(Encoding.Latin1.GetString(wire.Written));
    }

    public static SipMessage Read(ref Utf8JsonReader reader)
    {
        var bytes = Encoding.Latin1.GetBytes(reader.GetString() ?? throw new JsonException("a SIP message is missing"));
        SipParser.TryParse(bytes, out var message);
        return message ?? throw new JsonException("the journal holds a SIP message that does not parse");
    }
}

/// <summary>See <see cref="WireText"/>.</summary>
public sealed class SipRequestConverter : JsonConverter<SipRequest>
{
    public override SipRequest? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => (SipRequest)WireText.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, SipRequest value, JsonSerializerOptions options) => WireText.Write(writer, value);
}

/// <summary>See <see cref="WireText"/>.</summary>
public sealed class SipResponseConverter : JsonConverter<SipResponse>
{
    public override SipResponse? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => (SipResponse)WireText.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, SipResponse value, JsonSerializerOptions options) => WireText.Write(writer, value);
}
