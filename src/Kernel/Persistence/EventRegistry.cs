using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace TeleCube.Kernel.Persistence;

/// <summary>
/// The public names of events and snapshots: a CLR type is written as (name, version, JSON) and read back by name, whatever the type is
/// called then. An older version is brought up, one version at a time, by its upcasters.
/// </summary>
public sealed class EventRegistry
{
    readonly ConcurrentDictionary<Type, Format> _byType = new();
    readonly ConcurrentDictionary<string, Format> _byName = new();
    readonly ConcurrentDictionary<(string Name, int From), Func<JsonNode, JsonNode>> _upcasters = new();

    /// <summary>Declares an event (or a snapshot's state) under the name and version with which it is written from now on.</summary>
    public EventRegistry Add<T>(string name, int version, JsonTypeInfo<T> json) where T : notnull
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(version);
        var format = new Format(name, version, json);
        if (!_byName.TryAdd(name, format)) throw new InvalidOperationException($"{name} is registered already");
        if (!_byType.TryAdd(typeof(T), format)) throw new InvalidOperationException($"{typeof(T).Name} is registered already");
        return this;
    }

    /// <summary>Brings the JSON of <paramref name="name"/> from version <paramref name="from"/> to the next one.</summary>
    public EventRegistry Upcast(string name, int from, Func<JsonNode, JsonNode> up)
    {
        if (!_upcasters.TryAdd((name, from), up)) throw new InvalidOperationException($"{name}/{from} has an upcaster already");
        return this;
    }

    public bool Knows(Type type) => _byType.ContainsKey(type);

    public (string Type, int Version, byte[] Payload) Encode(object value)
    {
        if (!_byType.TryGetValue(value.GetType(), out var format))
            throw new InvalidOperationException($"{value.GetType().Name} is not in the event registry");
        return (format.Name, format.Version, JsonSerializer.SerializeToUtf8Bytes(value, format.Json));
    }

    /// <exception cref="UndecodableException">The name or version is unknown here, or the JSON does not fit.</exception>
    public object Decode(string type, int version, ReadOnlySpan<byte> payload)
    {
        if (!_byName.TryGetValue(type, out var format)) throw new UndecodableException($"{type}/{version} is not known");
        try
        {
            var value = version == format.Version
                ? JsonSerializer.Deserialize(payload, format.Json)
                : Upcast(format, version, payload).Deserialize(format.Json);
            return value ?? throw new UndecodableException($"{type}/{version} is null");
        }
        catch (Exception fault) when (fault is not UndecodableException) // an upcaster may throw whatever it likes
        {
            throw new UndecodableException($"{type}/{version} is not valid: {fault.Message}", fault);
        }
    }

    JsonNode Upcast(Format format, int version, ReadOnlySpan<byte> payload)
    {
        var node = JsonNode.Parse(payload) ?? throw new UndecodableException($"{format.Name}/{version} is null");
        for (var from = version; from != format.Version; from++)
        {
            if (!_upcasters.TryGetValue((format.Name, from), out var up))
                throw new UndecodableException($"{format.Name}/{version} cannot be brought to version {format.Version}");
            node = up(node);
        }
        return node;
    }

    sealed record Format(string Name, int Version, JsonTypeInfo Json);
}
