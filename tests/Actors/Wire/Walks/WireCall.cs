using System.Collections.Immutable;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Simulation;
using TeleCube.Actors.Sms;
using TeleCube.Actors.Tenants;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Tests.Wire.Walks;

/// <summary>
/// A simulated call made real, over SIP: the carrier brings it, phones and the carrier answer as the simulation says, keys are pressed when the line is silent.
/// Whoever is said to be busy has another call; whoever is said to be unreachable has no phone.
/// </summary>
sealed class WireCall : IDisposable
{
    /// <summary>A call that rings for ever would be a defect of its own.</summary>
    const int MostSteps = 3_000;

    readonly WireHouse _house;
    readonly SimulatedCall _asked;
    readonly Queue<char> _digits;
    readonly List<string> _heard = [];
    readonly List<CallEvent> _events = [];
    readonly bool _byInfo;
    HashSet<FarCall> _before = [];
    FarCall _caller = null!;

    public WireCall(RandomCompany company, bool byInfo)
    {
        (_asked, _byInfo) = (company.Call, byInfo);
        _digits = new Queue<char>(_asked.Digits);
        _house = new WireHouse(company.Tenant, _asked.At, seed: 1, [.. RandomCompany.Phones]) { EndsSounds = false };
        _house.Servers.Answers = _asked.Decisions;
        foreach (var (who, does) in _asked.Callees)
        {
            if (does is Callee.Unreachable && _house.Phones.ContainsKey(who)) _house.Register(who, there: false);
            if (does is Callee.Busy) MakeBusy(who);
        }

        foreach (var (who, phone) in _house.Phones) phone.Rings = call => Do(phone, call, _asked.Callees[who]);
        _house.Carrier.Rings = call => Do(_house.Carrier, call, _asked.Callees[RandomCompany.Office.Id.Value]);
    }

    /// <summary>What is so before the call: the simulation may look at it.</summary>
    public WireHouse House => _house;

    public IReadOnlyList<(SchemeDecision Decision, DateTimeOffset At)> Path =>
        [.. Events().OfType<CallEvent.SchemeMoved>().SelectMany(moved => moved.Path.Select(decision => (decision, moved.At)))];

    /// <summary>What the caller heard, but for music and what a queue says.</summary>
    public IReadOnlyList<string> Heard => _heard;

    /// <summary>INVITEs on the wire: whom, when, and as whom the caller was shown to a phone.</summary>
    public IReadOnlyList<FarCall> Rings => [.. _house.Ends.SelectMany(end => end.Calls).Where(call => !call.Calls && !_before.Contains(call))];

    /// <summary>What went out, each once.</summary>
    public IReadOnlyList<SmsCommand.Send> Sms => [.. _house.Sms.DistinctBy(sent => sent.Sms.Id)];

    /// <summary>Who talks with the caller: an extension, or a number outside.</summary>
    public string? AnsweredBy => With is { } with ? NameOf(with) : null;

    public EndCause? Cause => Events().OfType<CallEvent.Ended>().LastOrDefault()?.Cause;

    public FarCall Caller => _caller;

    /// <summary>Of the call's journal so far; each is read once.</summary>
    List<CallEvent> Events()
    {
        if (_house.Life.CallOf(_caller) is { } call) _events.AddRange(_house.EventsOf(call, after: _events.Count));
        return _events;
    }

    FarCall? With
    {
        get
        {
            if (_house.StreamTo(_caller) is not { } stream || !_house.Life.Media.Connected.TryGetValue(stream, out var other)) return null;
            return Rings.SingleOrDefault(call => call.Phase is FarPhase.Up && _house.StreamTo(call) == other);
        }
    }

    public static string NameOf(FarCall rung) => rung.End.Name == "carrier" ? rung.Dialled : rung.End.Name;

    /// <summary>Goes on until the call is over, somebody talks with the caller, or it has decided so often.</summary>
    public WireCall Go(int decisions)
    {
        _before = [.. _house.Ends.SelectMany(end => end.Calls)];
        _house.Life.Media.Played += Hear;
        _caller = _house.Carrier.Call(RandomCompany.Landline.Value, _asked.Start.Caller.Number);
        _house.Settle();
        for (var step = 0; _caller.Phase is not FarPhase.Over && With is null && Path.Count < decisions; step++)
        {
            if (step == MostSteps) throw new InvalidOperationException($"the call never ends");
            Next();
        }

        return this;
    }

    public void Dispose() => _house.Dispose();

    /// <summary>Sounds are heard to their end; a caller presses a key when nothing is heard but music, and nobody is rung.</summary>
    void Next()
    {
        if (_house.Life.Media.TryEndSound()) _house.Settle();
        else if (AskedToPress is { } answered)
        {
            _house.Carrier.PressByInfo(answered, '1');
            _house.Settle();
        }
        else if (WaitsForKey && _digits.TryDequeue(out var key)) Press(key);
        else _house.PassToNext(DateTimeOffset.MaxValue);
    }

    /// <summary>A mobile that has answered and is asked whether it takes the call: whoever answers here does.</summary>
    FarCall? AskedToPress => Rings.FirstOrDefault(
        call => call is { Phase: FarPhase.Up, End.Name: "carrier" } && _house.StreamTo(call) is { } stream && _house.Life.Media.Playing.ContainsKey(stream));

    bool WaitsForKey
    {
        get
        {
            if (_caller.Phase is not FarPhase.Up || _house.StreamTo(_caller) is not { } stream || _house.Life.Media.IsRecording(stream)) return false;
            if (Rings.Any(call => call.Phase is FarPhase.Ringing)) return false;
            return !_house.Life.Media.Playing.TryGetValue(stream, out var playing) || playing is not PlaySource.Tone { Kind: ToneKind.RingBack };
        }
    }

    void Press(char key)
    {
        if (_byInfo) _house.Carrier.PressByInfo(_caller, key);
        else _house.Life.Media.Press(_house.StreamTo(_caller)!.Value, key);
        _house.Settle();
    }

    void Hear(StreamId stream, PlaySource source)
    {
        if (source is not PlaySource.Files { Times: 1 } files || _house.StreamTo(_caller) is { } own && own != stream) return;
        _heard.AddRange(files.Paths.Where(sound => !sound.StartsWith("prompt/callback-", StringComparison.Ordinal)));
    }

    void MakeBusy(string who)
    {
        var (end, number) = _house.Phones.TryGetValue(who, out var phone) ? (phone, RandomCompany.DirectTo(who)) : (_house.Carrier, RandomCompany.ToOffice);
        end.Rings = end.Answer;
        var tenant = _house.Tenant;
        _house.Tenants.Publish(tenant with { Extensions = tenant.Extensions.ToImmutableSortedDictionary(one => one.Key, one => new Extension(one.Key)) }); // they may not want to be rung
        _house.Carrier.Call(number.Value, "+48600100299");
        _house.Settle();
        _house.Tenants.Publish(tenant);
        if (end.Calls.Count(call => call is { Calls: false, Phase: FarPhase.Up }) != 1) throw new InvalidOperationException($"{who} is not busy");
    }

    static void Do(FarEnd end, FarCall call, Callee does)
    {
        if (does is Callee.Answers) end.Answer(call);
        else if (does is not Callee.NoAnswer) end.Refuse(call, does switch { Callee.Busy => 486, Callee.Declines => 603, _ => 480 });
    }
}
