using System.Collections.Concurrent;
using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Tenants;

/// <summary>
/// Keeps the last committed state of each tenant for readers. Each tenant has one writer, its actor; the indexes may
/// lag behind a state for a moment, so every answer is checked against the state itself.
/// </summary>
public sealed class TenantRegistry : ITenants
{
    readonly ConcurrentDictionary<TenantId, TenantState> _tenants = new();
    readonly ConcurrentDictionary<E164, TenantId> _numbers = new();
    readonly ConcurrentDictionary<string, TenantId> _prefixes = new(StringComparer.Ordinal);

    /// <summary>Told of each state that is published, and of the one before it.</summary>
    public Action<TenantState?, TenantState>? Watch { get; set; }

    public IReadOnlyCollection<TenantState> All => (IReadOnlyCollection<TenantState>)_tenants.Values;

    /// <summary>Called by the tenant's actor, after the journal has the state.</summary>
    public void Publish(TenantState state)
    {
        _tenants.TryGetValue(state.Id, out var old);
        _tenants[state.Id] = state;
        _prefixes[state.LoginPrefix] = state.Id;
        foreach (var number in state.PhoneNumbers.Keys) _numbers[number] = state.Id;
        foreach (var number in old?.PhoneNumbers.Keys.Except(state.PhoneNumbers.Keys) ?? []) Unlist(number, state.Id);
        Watch?.Invoke(old, state);
    }

    /// <summary>Called when the tenant's shard leaves this node.</summary>
    public void Withdraw(TenantId id)
    {
        if (!_tenants.TryRemove(id, out var state)) return;
        _prefixes.TryRemove(KeyValuePair.Create(state.LoginPrefix, id));
        foreach (var number in state.PhoneNumbers.Keys) Unlist(number, id);
    }

    public TenantState? Find(TenantId id) => _tenants.GetValueOrDefault(id);

    public TenantState? ByPhoneNumber(E164 number) =>
        _numbers.TryGetValue(number, out var id) && Find(id) is { } tenant && tenant.PhoneNumbers.ContainsKey(number) ? tenant : null;

    public (TenantState Tenant, Extension Extension)? BySipUser(string sipUser)
    {
        var split = sipUser.LastIndexOf('_');
        if (split <= 0 || !ExtensionNumber.TryParse(sipUser[(split + 1)..], out var number)) return null;
        if (!_prefixes.TryGetValue(sipUser[..split], out var id) || Find(id) is not { Status: not TenantStatus.Closed } tenant) return null;
        return tenant.Extensions.TryGetValue(number, out var extension) ? (tenant, extension) : null;
    }

    void Unlist(E164 number, TenantId holder) => _numbers.TryRemove(KeyValuePair.Create(number, holder));
}
