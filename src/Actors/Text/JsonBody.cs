using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TeleCube.Actors.Text;

/// <summary>A JSON body whose length is known before it is sent: a simple server that knows no chunks would take it for empty (RFC 9112 §6).</summary>
static class JsonBody
{
    public static HttpContent Of<T>(T value, JsonTypeInfo<T> type) => new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, type))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") },
    };
}
