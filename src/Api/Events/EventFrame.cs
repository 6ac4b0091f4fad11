using System.Buffers;
using System.Text;
using System.Text.Json;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Api.Events;

/// <summary>One event on the wire (https://html.spec.whatwg.org/multipage/server-sent-events.html §9.2.5).</summary>
static class EventFrame
{
    /// <summary>Says nothing, and shows that the connection is alive.</summary>
    public static ReadOnlyMemory<byte> Heartbeat { get; } = Encoding.UTF8.GetBytes(":\n\n");

    /// <summary>The first words: how long a client waits before it comes back.</summary>
    public static ReadOnlyMemory<byte> Opening { get; } = Encoding.UTF8.GetBytes("retry: 2000\n\n");

    public static void Write(IBufferWriter<byte> to, FeedEvent said)
    {
        Encoding.UTF8.GetBytes($"id: {said.Number}\nevent: {said.Type}\ndata: ", to);
        using (var json = new Utf8JsonWriter(to))
        {
            json.WriteStartObject();
            json.WriteNumber("id", said.Number);
            json.WriteString("type", said.Type);
            json.WriteString("at", said.At);
            json.WritePropertyName("data");
            json.WriteRawValue(said.Json);
            json.WriteEndObject();
        }

        to.Write("\n\n"u8);
    }
}
