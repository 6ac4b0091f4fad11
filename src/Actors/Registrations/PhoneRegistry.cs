using System.Collections.Concurrent;
using System.Collections.Immutable;
using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Registrations;

/// <summary>Keeps the bindings of each extension for readers; each has one writer, its extension's actor.</summary>
public sealed class PhoneRegistry : IPhoneRegistry
{
    readonly ConcurrentDictionary<(TenantId, ExtensionNumber), ImmutableArray<LiveContact>> _contacts = new();
    readonly ConcurrentDictionary<FlowId, ImmutableHashSet<EntityId>> _connections = new();

    /// <summary>Told when an extension can be reached or can't any more.</summary>
    public Action<TenantId, ExtensionNumber>? Watch { get; set; }

    public int Phones => _contacts.Values.Sum(contacts => contacts.Length);

    public ImmutableArray<LiveContact> Of(TenantId tenant, ExtensionNumber extension) =>
        _contacts.TryGetValue((tenant, extension), out var contacts) ? contacts : [];

    /// <summary>Whose phones registered over a connection; one with several lines has several extensions.</summary>
    public IReadOnlyCollection<EntityId> OwnersOf(FlowId connection) => _connections.TryGetValue(connection, out var owners) ? owners : [];

    public void Publish(TenantId tenant, ExtensionNumber extension, ImmutableArray<RegistrationRow> bindings)
    {
        var key = (tenant, extension);
        var before = Of(tenant, extension);
        if (bindings is []) _contacts.TryRemove(key, out _);
        else _contacts[key] = LiveContact.Order(bindings);

        var connections = Connections(bindings).ToHashSet();
        var owner = EntityKinds.Extension(tenant, extension);
        foreach (var connection in connections) _connections.AddOrUpdate(connection, _ => [owner], (_, owners) => owners.Add(owner));
        foreach (var gone in Connections(before.Select(contact => contact.Binding)).Except(connections)) Leave(gone, owner);
        if (before.IsEmpty != (bindings is [])) Watch?.Invoke(tenant, extension);
    }

    void Leave(FlowId connection, EntityId owner)
    {
        while (_connections.TryGetValue(connection, out var owners))
        {
            var others = owners.Remove(owner);
            if (others.IsEmpty ? _connections.TryRemove(new(connection, owners)) : _connections.TryUpdate(connection, others, owners)) return;
        }
    }

    static IEnumerable<FlowId> Connections(IEnumerable<RegistrationRow> bindings) =>
        bindings.Select(binding => new FlowId(binding.Flow ?? 0)).Where(flow => flow.IsConnection);
}
