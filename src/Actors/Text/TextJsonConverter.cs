using System.Text.Json;
using System.Text.Json.Serialization;

namespace TeleCube.Actors.Text;

/// <summary>Writes a one-text value as that text, as a JSON value and as a property name.</summary>
public abstract class TextJsonConverter<T> : JsonConverter<T>
{
    protected abstract bool TryParse(string text, out T value);

    protected abstract string Print(T value);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Print(value));

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(Print(value));

    T Parse(string? text) => text is not null && TryParse(text, out var value)
        ? value
        : throw new JsonException($"not a {typeof(T).Name}: '{text}'");
}
