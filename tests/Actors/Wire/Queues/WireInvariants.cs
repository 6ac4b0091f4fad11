using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Tests.Wire.Queues;

/// <summary>What must hold (issue 3 §3), seen from outside: by the INVITEs, the dialogs and whose audio goes to whom.</summary>
sealed class WireInvariants(WireHouse house, IReadOnlySet<string> unplugged)
{
    readonly Dictionary<FarCall, (ExtensionNumber Queue, DateTimeOffset? Since)> _came = [];
    readonly HashSet<(ExtensionNumber, ConsultantId)> _loggedIn =
        [.. house.Tenant.Queues.Values.SelectMany(queue => queue.Consultants.Select(link => (queue.Number, link.Id)))];

    // Who could be rung for whom, and is not, since when.
    Dictionary<(FarCall, ConsultantId), DateTimeOffset> _idle = [];
    HashSet<FarCall> _rang = [];
    bool _restarted;

    public void Came(FarCall call, ExtensionNumber queue) => _came[call] = (queue, null);

    /// <summary>Who is rung from now on until it is looked for may have been rung before the process died.</summary>
    public void Restarted() => _restarted = true;

    /// <summary>People have been told that it is so.</summary>
    public void Said(DistributorCommand command)
    {
        if (command is DistributorCommand.LogOut(var left, var leaver)) _loggedIn.Remove((left, leaver));
        else if (command is DistributorCommand.LogIn(var queue, var who) && (who.Extension is not null || IsLinked(who, queue))) _loggedIn.Add((queue, who));
    }

    public bool Talks(FarCall consultant) => CallerOf(consultant) is { } caller && HearEachOther(caller, consultant);

    public void Check()
    {
        foreach (var gone in _came.Keys.Where(call => call is { Phase: FarPhase.Over, EndedByExchange: true, GaveUp: false, Status: 200 })) MayBeSentOut(gone);
        var live = _came.Keys.Where(call => call.Phase is not FarPhase.Over || call.GoodbyeUnheard).ToList();
        foreach (var gone in _came.Keys.Except(live).ToList()) _came.Remove(gone);
        if (!house.Journal.Away) foreach (var call in live.Where(call => call.Phase is FarPhase.Up && _came[call].Since is null)) _came[call] = (_came[call].Queue, SinceOf(call));
        var rung = house.Ends.SelectMany(end => end.Calls).Where(call => !call.Calls && (call.Phase is not FarPhase.Over || call.GoodbyeUnheard)).ToList();
        var there = rung.Where(call => call.Phase is not FarPhase.Over).ToList();
        foreach (var call in there) RingsForSomebody(call);
        foreach (var same in there.GroupBy(WhoIs))
            if (same.Skip(1).Any()) throw new InvalidOperationException($"{same.Key} has {same.Count()} calls at once: {string.Join(", ", same.Select(Name))}");
        foreach (var caller in live) HasOneAtMost(caller, rung);
        var ringing = rung.Where(call => call.Phase is FarPhase.Ringing).ToHashSet();
        if (!_restarted) foreach (var call in ringing.Where(call => !_rang.Contains(call))) MayRing(call, live);
        if (!house.Journal.Away) foreach (var caller in live) KeepsItsPlace(caller);
        NobodyIdles(live, rung);
        (_rang, _restarted) = (ringing, false);
    }

    /// <summary>At the end of everything: no dialog, no actor, no port, no transaction, nobody who is to be started again but the distributor.</summary>
    public void NothingIsLeft()
    {
        house.Pass(TimeSpan.FromMinutes(3));
        var left = new List<string>();
        left.AddRange(house.Ends.SelectMany(end => end.Live).Select(call => $"dialog {call}"));
        if (house.Life.Live.Count > 0) left.Add($"{house.Life.Live.Count} calls are up");
        if (house.Life.Region.CountOf(CallId.Kind) is > 0 and var actors) left.Add($"{actors} actors of calls");
        if (house.Life.Desk.PortsInUse > 0) left.Add($"{house.Life.Desk.PortsInUse} ports");
        if (house.Life.Media.Open.Count > 0) left.Add($"{house.Life.Media.Open.Count} streams");
        if (house.Life.Transactions is not (0, 0, 0)) left.Add($"transactions {house.Life.Transactions}");
        left.AddRange(Remembered().Where(entity => !entity.StartsWith(DistributorEntity.Kind, StringComparison.Ordinal)).Select(entity => $"{entity} is to be started again"));
        var state = house.Life.Queues.Find(WireHouse.Company);
        left.AddRange(state?.Queues.Values.SelectMany(queue => queue.Waiting).Select(caller => $"{caller.Ticket} waits") ?? []);
        left.AddRange(state?.Consultants.Values.Select(one => $"{one.Id} is {one.Activity}") ?? []);
        if (left.Count > 0) throw new InvalidOperationException($"left at the end: {string.Join(", ", left)}");
    }

    IEnumerable<string> Remembered() =>
        Enumerable.Range(0, Kernel.Sharding.Shards.Count).SelectMany(shard => ((IDirectory)house.Memory).Remembered(shard).ToBlockingEnumerable()).Select(entity => entity.PersistenceId);

    /// <summary>A phone that rings, or whose user has answered, does so for a caller who is still there.</summary>
    void RingsForSomebody(FarCall call)
    {
        if (CallerOf(call) is not null) return;
        throw new InvalidOperationException($"{Name(call)} is {call.Phase} for nobody");
    }

    /// <summary>Whoever talks with a caller hears him, and is heard; nobody else does.</summary>
    void HasOneAtMost(FarCall caller, List<FarCall> rung)
    {
        var with = rung.Where(call => call is { Phase: FarPhase.Up or FarPhase.Over } && CallerOf(call) == caller && HearEachOther(caller, call)).ToList();
        if (with.Count > 1) throw new InvalidOperationException($"{Name(caller)} is connected to {string.Join(" and ", with.Select(Name))}");
        if (house.StreamTo(caller) is not { } stream || !house.Life.Media.Connected.TryGetValue(stream, out var other)) return;
        if (!with.Exists(call => house.StreamTo(call) == other)) throw new InvalidOperationException($"{Name(caller)} hears somebody who does not talk with him");
    }

    /// <summary>Of a queue in which callers wait for ever the exchange sends nobody away to whom no consultant has answered.</summary>
    void MayBeSentOut(FarCall caller)
    {
        var queue = house.Tenant.Queues[_came[caller].Queue];
        if (queue is not { MaxWait.Ticks: 0, WhenEmpty: EmptyQueue.Wait } || IsServed(caller)) return;
        throw new InvalidOperationException($"{Name(caller)} was sent out of {queue.Number}, where it waited since {_came[caller].Since:HH:mm:ss.fff}");
    }

    void KeepsItsPlace(FarCall caller)
    {
        if (_came[caller] is not (var queue, { } since) || caller is not { Phase: FarPhase.Up, GaveUp: false } || IsServed(caller)) return;
        var place = house.Life.Queues.Find(WireHouse.Company)?.Queues.GetValueOrDefault(queue)?.Waiting.FirstOrDefault(one => one.Ticket.Call == house.Life.CallOf(caller));
        if (place?.Since != since) throw new InvalidOperationException($"{Name(caller)}, who waits since {since:HH:mm:ss.fff}, has a place since {place?.Since:HH:mm:ss.fff}");
    }

    /// <summary>
    /// Nobody free is passed over while somebody waits whom he may serve: not for longer than a pause between two rounds, and the moment in which phones
    /// are looked at.
    /// </summary>
    void NobodyIdles(List<FarCall> live, List<FarCall> rung)
    {
        var before = _restarted || house.Journal.Away ? [] : _idle;
        _idle = [];
        foreach (var caller in live.Where(call => call is { Phase: FarPhase.Up, GaveUp: false } && _came[call].Since is not null && !IsServed(call) && !IsOffered(call, house.Now)))
        {
            foreach (var who in QueueCompany.Consultants.Where(who => Serves(who, _came[caller].Queue) && IsFree(who, rung)))
            {
                var since = _idle[(caller, who)] = before.GetValueOrDefault((caller, who), house.Now);
                if (house.Now - since > house.Tenant.Queues[_came[caller].Queue].RetryPause + TimeSpan.FromSeconds(3))
                    throw new InvalidOperationException($"{who} is idle since {since:HH:mm:ss.fff}, and {Name(caller)} waits");
            }
        }
    }

    bool IsFree(ConsultantId who, List<FarCall> rung) =>
        house.Life.Queues.Find(WireHouse.Company)?.Resting.GetValueOrDefault(who)?.Until > house.Now is false
        && !unplugged.Contains(who.Value) && !rung.Exists(call => WhoIs(call) == who.Value)
        && house.Life.Queues.Find(WireHouse.Company)?.Consultants.GetValueOrDefault(who)?.Activity is not ConsultantActivity.WrappingUp;

    /// <summary>Somebody has answered for it, whatever became of that.</summary>
    bool IsServed(FarCall caller) => house.Ends.SelectMany(end => end.Calls).Any(call => call is { Calls: false, Status: 200 } && CallerOf(call) == caller);

    void MayRing(FarCall call, List<FarCall> live)
    {
        if (CallerOf(call) is { } caller && !Serves(ConsultantId.Parse(WhoIs(call)), _came[caller].Queue))
            throw new InvalidOperationException($"{Name(call)} is rung for {_came[caller].Queue}, of which he has logged out");
        OvertakesNobody(call, live);
    }

    /// <summary>
    /// Heavier queues go first, then who has waited longer: whoever could have had this consultant is being offered to somebody, or was until this very moment,
    /// or talks.
    /// </summary>
    void OvertakesNobody(FarCall call, List<FarCall> live)
    {
        if (CallerOf(call) is not { } caller || !_came.TryGetValue(caller, out var own)) return;
        var consultant = ConsultantId.Parse(WhoIs(call));
        foreach (var earlier in live.Where(one => one != caller && GoesBefore(_came[one], own) && Serves(consultant, _came[one].Queue)))
        {
            if (earlier.GaveUp || earlier.Phase is not FarPhase.Up || IsOffered(earlier, call.BegunAt)) continue;
            throw new InvalidOperationException($"{Name(caller)} gets {consultant} before {Name(earlier)}, who waits since {_came[earlier].Since:HH:mm:ss.fff}");
        }
    }

    bool IsOffered(FarCall caller, DateTimeOffset at) => house.Ends.SelectMany(end => end.Calls)
        .Any(call => !call.Calls && (call.Phase is not FarPhase.Over || call.OverAt >= at || call.GoodbyeUnheard) && CallerOf(call) == caller);

    /// <summary>The place that the exchange has given the caller: not before he called, nor later than it answered him.</summary>
    DateTimeOffset? SinceOf(FarCall caller)
    {
        if (house.Life.CallOf(caller) is not { } id) return null;
        var wait = house.EventsOf(id).OfType<CallEvent.SchemeMoved>().Select(moved => moved.Position?.Wait).OfType<SchemeWait.Queueing>().FirstOrDefault();
        if (wait?.Since is not { } since || since < caller.BegunAt || since > house.Now) throw new InvalidOperationException($"{Name(caller)}, who called at {caller.BegunAt:HH:mm:ss}, waits since {wait?.Since:HH:mm:ss}");
        return since;
    }

    bool GoesBefore((ExtensionNumber Queue, DateTimeOffset? Since) one, (ExtensionNumber Queue, DateTimeOffset? Since) other)
    {
        var (weight, than) = (house.Tenant.Queues[one.Queue].Weight, house.Tenant.Queues[other.Queue].Weight);
        return weight > than || (weight == than && one.Since < other.Since);
    }

    bool Serves(ConsultantId consultant, ExtensionNumber number)
    {
        var state = house.Life.Queues.Find(WireHouse.Company)?.Queues.GetValueOrDefault(number);
        return _loggedIn.Contains((number, consultant)) && state?.Paused.ContainsKey(consultant) != true;
    }

    bool IsLinked(ConsultantId consultant, ExtensionNumber number) => house.Tenant.Queues[number].Consultants.Any(link => link.Id == consultant);

    FarCall? CallerOf(FarCall rung) => house.Life.CallOf(rung) is { } id ? _came.Keys.FirstOrDefault(call => house.Life.CallOf(call) == id) : null;

    bool HearEachOther(FarCall caller, FarCall consultant) =>
        house.StreamTo(caller) is { } a && house.StreamTo(consultant) is { } b && house.Life.Media.Connected.TryGetValue(a, out var heard) && heard == b;

    static string WhoIs(FarCall call) => call.End.Name == "carrier" ? QueueCompany.MobileId : call.End.Name;

    static string Name(FarCall call) => $"{(call.Calls ? call.Local.Uri.User : WhoIs(call))} ({call.Phase}{(call.GaveUp ? ", gave up" : "")})";
}
