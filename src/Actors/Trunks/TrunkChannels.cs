using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Model;

namespace TeleCube.Actors.Trunks;

/// <summary>
/// The channels of a trunk by the legs that hold them. Calls say when they need one no more, but that word can be lost with a call that fails; so when
/// all are in use, and at the start, the calls that run here are looked at.
/// </summary>
sealed class TrunkChannels(TrunkId trunk, LiveCalls live, TimeProvider clock)
{
    /// <summary>Until then a call may not show yet what it was granted: it is still being written down.</summary>
    static readonly TimeSpan _unseen = TimeSpan.FromSeconds(10);

    readonly Dictionary<string, DateTimeOffset> _legs = Held(live, trunk).ToDictionary(leg => leg, _ => clock.GetUtcNow(), StringComparer.Ordinal);

    public int InUse => _legs.Count;

    /// <summary>Channels that nobody had given back, so far.</summary>
    public int Lost { get; private set; }

    /// <summary>False when it has none left. Whoever has one already has it.</summary>
    public bool TryTake(string leg, int limit)
    {
        if (_legs.ContainsKey(leg)) return true;
        if (_legs.Count >= limit) TakeBackLost();
        if (_legs.Count >= limit) return false;
        _legs.Add(leg, clock.GetUtcNow());
        return true;
    }

    public bool Release(string leg) => _legs.Remove(leg);

    void TakeBackLost()
    {
        var seenBy = clock.GetUtcNow() - _unseen;
        foreach (var (leg, since) in _legs)
            if (since <= seenBy && !IsHeld(leg) && _legs.Remove(leg)) Lost++;
    }

    /// <summary>By a leg that is up or rings, or by a step that is still to come to one.</summary>
    bool IsHeld(string leg) => ChannelName.CallOf(leg) is { } id && live.Find(id) is { } call
        && (call.Step == ChannelName.StepOf(leg) || call.Legs.Any(one => one.Live && one.ChannelKey == leg));

    static IEnumerable<string> Held(LiveCalls live, TrunkId trunk) =>
        live.All.SelectMany(call => call.Legs).Where(leg => leg is { Live: true, ChannelKey: not null } && leg.ChannelOf == trunk.Value).Select(leg => leg.ChannelKey!).Distinct();
}
