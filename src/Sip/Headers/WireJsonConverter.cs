using System.Text.Json;
using System.Text.Json.Serialization;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>In JSON (the journal, the API) a SIP value is the text that it is on the wire.</summary>
public sealed class WireJsonConverter<T> : JsonConverter<T> where T : ISipHeaderValue<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        WireText.TryParse<T>(reader.GetString(), out var value) ? value : throw new JsonException($"not a {typeof(T).Name}");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        using var output = new WireBuffer(128);
        value.WriteTo(output);
        writer.WriteStringValue(output.Written);
    }
}
