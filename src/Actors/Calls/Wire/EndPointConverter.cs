using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>An IP endpoint is its text (<c>192.0.2.1:5060</c>, <c>[2001:db8::1]:5060</c>) in the journal.</summary>
public sealed class EndPointConverter : JsonConverter<IPEndPoint>
{
    public override IPEndPoint? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        IPEndPoint.TryParse(reader.GetString() ?? "", out var endpoint) ? endpoint : throw new JsonException("not an IP endpoint");

    public override void Write(Utf8JsonWriter writer, IPEndPoint value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
