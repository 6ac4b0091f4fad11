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
    readonly ConcurrentDictionary<FlowId, EntityId> _connections = new();

    /// <summary>Told when an extension can be reached or can't any more.</summary>
    public Action<TenantId, ExtensionNumber>? Watch { get; set; }

    public int Phones => _contacts.Values.Sum(contacts => contacts.Length);

    public ImmutableArray<LiveContact> Of(TenantId tenant, ExtensionNumber extension) =>
        _contacts.TryGetValue((tenant, extension), out var contacts) ? contacts : [];

    /// <summary>Whose phone registered over a connection.</summary>
    public EntityId? OwnerOf(FlowId connection) => _connections.TryGetValue(connection, out var owner) ? owner : null;

    public void Publish(TenantId tenant, ExtensionNumber extension, ImmutableArray<RegistrationRow> bindings)
    {
        var key = (tenant, extension);
        var before = Of(tenant, extension);
        if (bindings is []) _contacts.TryRemove(key, out _);
        else _contacts[key] = LiveContact.Order(bindings);

        var connections = Connections(bindings).ToHashSet();
        foreach (var connection in connections) _connections[connection] = EntityKinds.Extension(tenant, extension);
        foreach (var gone in Connections(before.Select(contact => contact.Binding)).Except(connections)) _connections.TryRemove(gone, out _);
        if (before.IsEmpty != (bindings is [])) Watch?.Invoke(tenant, extension);
    }

    static IEnumerable<FlowId> Connections(IEnumerable<RegistrationRow> bindings) =>
        bindings.Select(binding => new FlowId(binding.Flow ?? 0)).Where(flow => flow.IsConnection);
}
