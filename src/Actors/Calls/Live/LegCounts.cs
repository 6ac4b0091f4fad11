using System.Collections.Concurrent;
using System.Collections.Immutable;
using TeleCube.Actors.Calls.Model;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Calls.Live;

/// <summary>A phone of a company, or a number outside, whichever company calls it.</summary>
readonly record struct LegPlace(TenantId? Tenant, string Number)
{
    /// <summary>A phone counts until its leg is over, a number outside while a call that went out to it is up; others count for nothing.</summary>
    public static LegPlace? Of(CallState call, Leg leg) => leg switch
    {
        { Live: true, Party: Party.Phone(var extension) } => new LegPlace(call.Tenant, extension),
        { Up: true, Role: LegRole.Uac, Party: Party.Outside(_, var number) } => new LegPlace(null, number),
        _ => null,
    };
}

/// <summary>
/// In how many calls each phone and each number outside takes part, kept from one change of a call to the next: a queue asks it of each of its consultants
/// with whatever happens, so nobody walks over all calls for it. Each call writes for itself alone, on its own thread; read without a lock.
/// </summary>
sealed class LegCounts
{
    readonly ConcurrentDictionary<(LegPlace Place, string Call), int> _legs = new();
    readonly ConcurrentDictionary<LegPlace, int> _calls = new();

    public int CallsOf(LegPlace place, string except)
    {
        var calls = _calls.GetValueOrDefault(place);
        return calls > 0 && _legs.ContainsKey((place, except)) ? calls - 1 : calls;
    }

    public bool IsAnywhere(LegPlace place) => _calls.ContainsKey(place);

    /// <summary>What comes is counted before what goes: who looks meanwhile finds nobody free who goes from one leg to another.</summary>
    public void Follow(CallState? before, CallState? after)
    {
        if ((after ?? before) is not { } call || before?.Legs == after?.Legs) return;
        var (was, now) = (before?.Legs ?? [], after?.Legs ?? []);
        for (var i = 0; i < now.Length; i++)
            if (At(call, now, i) is { } place && At(call, was, i) != place) Add(place, call.Id.Value);
        for (var i = 0; i < was.Length; i++)
            if (At(call, was, i) is { } place && At(call, now, i) != place) Remove(place, call.Id.Value);
    }

    static LegPlace? At(CallState call, ImmutableArray<Leg> legs, int index) => index < legs.Length ? LegPlace.Of(call, legs[index]) : null;

    void Add(LegPlace place, string call)
    {
        if (_legs.AddOrUpdate((place, call), 1, static (_, legs) => legs + 1) == 1) _calls.AddOrUpdate(place, 1, static (_, calls) => calls + 1);
    }

    void Remove(LegPlace place, string call)
    {
        if (_legs.AddOrUpdate((place, call), 0, static (_, legs) => legs - 1) > 0) return;
        _legs.TryRemove((place, call), out _);
        if (_calls.AddOrUpdate(place, 0, static (_, calls) => calls - 1) == 0) _calls.TryRemove(KeyValuePair.Create(place, 0));
    }
}
