using TeleCube.Actors.Queues;

namespace TeleCube.Actors.Tests.Wire.Queues;

/// <summary>One random history of callers and consultants, who speak SIP with a whole exchange; after each step what must hold is looked for on the wire.</summary>
sealed class WireHistory : IDisposable
{
    const int MostCallers = 6;

    readonly Random _random;
    readonly WireHouse _house;
    readonly WireInvariants _invariants;
    readonly HashSet<string> _away = [];
    readonly List<(FarCall Call, DateTimeOffset At)> _pressing = [];
    bool _dead;
    int _callers;

    public WireHistory(int seed)
    {
        _random = new Random(seed);
        _house = new WireHouse(QueueCompany.Make(_random), new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero), seed, QueueCompany.Phones);
        foreach (var (number, phone) in _house.Phones) phone.Password = QueueCompany.PasswordOf(number);
        _invariants = new WireInvariants(_house, _away);
    }

    public List<string> Trace { get; } = [];

    /// <summary>How often each kind of step was taken.</summary>
    public Dictionary<string, int> Done { get; } = [];

    IEnumerable<FarCall> Callers => _house.Carrier.Live.Where(call => call is { Calls: true, GaveUp: false });

    IEnumerable<FarCall> Rung => _house.Ends.SelectMany(end => end.Live).Where(call => !call.Calls && !call.GaveUp);

    public void Run(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            Step();
            if (_dead) continue;
            _house.Settle();
            _invariants.Check();
        }

        if (_dead) Restart();
        Drain();
        _invariants.NothingIsLeft();
    }

    public void Dispose() => _house.Dispose();

    void Step()
    {
        switch (_random.Next(23))
        {
            case 0 or 1 or 2 when Callers.Count() < MostCallers: Arrive(); break;
            case 3 or 4 or 5 or 6: OneOf(Rung.Where(call => call.Phase is FarPhase.Ringing), "answers", call => call.End.Answer(call)); break;
            case 7: OneOf(Rung.Where(call => call.Phase is FarPhase.Ringing), "rejects", call => call.End.Refuse(call, _random.Next(2) == 0 ? 486 : 603)); break;
            case 8: OneOf(Callers.Where(call => call.Status >= 100), "caller hangs up", call => call.End.HangUp(call)); break;
            case 9 or 10: OneOf(Rung.Where(call => call.Phase is FarPhase.Up), "consultant hangs up", call => call.End.HangUp(call)); break;
            case 11: OneOf(Rung.Where(call => call is { Phase: FarPhase.Up, End.Name: "carrier" }), "presses", call => Press(call, '1')); break;
            case 12: OneOf(Rung.Where(call => call is { Phase: FarPhase.Up, End.Name: "carrier" }), "presses wrongly", call => Press(call, '7')); break;
            case 13: LogInOrOut(); break;
            case 14: Unplug(); break;
            case 15 when _dead: Restart(); break;
            case 15 when _random.Next(3) == 0: Kill(); break;
            case 16: AtOnce(); break;
            case 17 or 18: DialCode(); break;
            case 19 when _house.Journal.Away: FindStore(); break;
            case 19 when !_dead && _random.Next(2) == 0: LoseStore(); break;
            default: Pass(); break;
        }
    }

    void Arrive()
    {
        _house.Clock.Advance(TimeSpan.FromMilliseconds(1)); // nobody comes at the very same moment: who comes first is not a matter of taste
        var queue = _random.Next(2) == 0 ? QueueCompany.Sales : QueueCompany.Help;
        var caller = $"+48600{++_callers:000000}";
        Note($"{caller} calls {queue}", "arrives");
        var call = _house.Carrier.Call(QueueCompany.NumberOf(queue).Value, caller);
        _invariants.Came(call, queue);
    }

    /// <summary>A key of the mobile; a restart asks again, and it may be pressed then.</summary>
    void Press(FarCall call, char key)
    {
        if (!_dead) _house.Carrier.PressByInfo(call, key);
    }

    void LogInOrOut()
    {
        if (_dead || _house.Journal.Away) return; // people are refused then
        var (queue, who) = (_random.Next(2) == 0 ? QueueCompany.Sales : QueueCompany.Help, Pick(QueueCompany.Consultants));
        DistributorCommand command = _random.Next(4) switch
        {
            0 => new DistributorCommand.LogOut(queue, who),
            1 => new DistributorCommand.Pause(queue, who, "lunch"),
            2 => new DistributorCommand.Unpause(queue, who),
            _ => new DistributorCommand.LogIn(queue, who),
        };
        Note($"{command}", command.GetType().Name);
        _house.Life.Region.Tell(DistributorEntity.Of(WireHouse.Company), command);
        _invariants.Said(command);
    }

    /// <summary><c>1000*1</c> and <c>1000*2</c>, dialled on a phone; only who hears that it is so is logged in or out.</summary>
    void DialCode()
    {
        if (_dead) return;
        var (queue, phone, isIn) = (_random.Next(2) == 0 ? QueueCompany.Sales : QueueCompany.Help, Pick(QueueCompany.Phones), _random.Next(2) == 0);
        Note($"{phone} dials {queue}*{(isIn ? 1 : 2)}", isIn ? "logs in by code" : "logs out by code");
        var call = _house.Phones[phone].Call($"{queue}*{(isIn ? 1 : 2)}", QueueCompany.UserOf(phone));
        _house.Settle();
        var who = ConsultantId.Parse(phone);
        if (call.Status == 200) _invariants.Said(isIn ? new DistributorCommand.LogIn(queue, who) : new DistributorCommand.LogOut(queue, who));
        else if (!_house.Journal.Away) throw new InvalidOperationException($"{call} by code: {call.Status}");
    }

    void LoseStore()
    {
        Note("the store is away", "store lost");
        _house.Journal.Away = true;
    }

    /// <summary>What was held back is written within seconds; a process that dies before has lost it.</summary>
    void FindStore()
    {
        if (!_house.Journal.Away) return;
        Note("the store is back", "store found");
        _house.Journal.Away = false;
        Pass(TimeSpan.FromSeconds(4));
    }

    void Unplug()
    {
        if (_dead) return;
        var phone = Pick(QueueCompany.Phones);
        var gone = _away.Add(phone);
        if (!gone) _away.Remove(phone);
        Note($"{phone} is {(gone ? "away" : "there")}", gone ? "unplugged" : "plugged in");
        _house.Register(phone, !gone);
    }

    /// <summary>Two people do something before the exchange has heard of either.</summary>
    void AtOnce()
    {
        OneOf(Rung.Where(call => call.Phase is FarPhase.Ringing), "answers at once with", call => call.End.Answer(call));
        OneOf(Callers.Where(call => call.Status >= 100), "caller hangs up", call => call.End.HangUp(call));
    }

    void Pass()
    {
        var time = TimeSpan.FromSeconds(_random.Next(1, 15));
        Note($"{time.TotalSeconds} s", "time passes");
        Pass(time);
    }

    void Pass(TimeSpan time)
    {
        var until = _house.Now + time;
        for (var more = true; more;)
        {
            more = _house.PassToNext(until);
            if (!_dead) _invariants.Check();
        }
    }

    /// <summary>In the midst of what it is about to do.</summary>
    void Kill()
    {
        FindStore();
        for (var turns = _random.Next(6); turns > 0 && _house.TryStep(); turns--) { }
        Note("kill -9", "killed");
        _house.Kill();
        _dead = true;
    }

    void Restart()
    {
        Note("a new process", "restarted");
        _house.Restart(_away);
        _dead = false;
        _invariants.Restarted();
    }

    /// <summary>Everybody is there and takes what rings: then nobody waits for long.</summary>
    void Drain()
    {
        FindStore();
        Note("drain", "drained");
        for (var round = 0; round < 300; round++)
        {
            foreach (var phone in _away) _house.Register(phone);
            _away.Clear();
            foreach (var queue in _house.Tenant.Queues.Values)
            {
                foreach (var link in queue.Consultants)
                {
                    Say(new DistributorCommand.LogIn(queue.Number, link.Id));
                    Say(new DistributorCommand.Unpause(queue.Number, link.Id));
                }
            }

            _house.Settle();
            _invariants.Check();
            if (!_house.Ends.SelectMany(end => end.Live).Any()) return;
            foreach (var call in Rung.ToList())
            {
                if (call.Phase is FarPhase.Ringing) call.End.Answer(call);
                else if (call.End.Name == "carrier" && !_invariants.Talks(call)) Press(call, '1');
                else call.End.HangUp(call);
                _house.Settle();
                _invariants.Check();
            }

            Pass();
        }

        throw new InvalidOperationException($"somebody waits for ever: {string.Join(", ", _house.Ends.SelectMany(end => end.Live))}");
    }

    /// <summary>What follows is looked at before anything else is said: who may be rung for whom is another matter then.</summary>
    void Say(DistributorCommand command)
    {
        _house.Life.Region.Tell(DistributorEntity.Of(WireHouse.Company), command);
        _invariants.Said(command);
        _house.Settle();
        _invariants.Check();
    }

    void OneOf(IEnumerable<FarCall> which, string what, Action<FarCall> act)
    {
        FarCall[] all = [.. which];
        if (all.Length == 0) return;
        var call = Pick(all);
        Note($"{call} {call.Invite.From.Uri.User} {what}", what);
        act(call);
    }

    T Pick<T>(IReadOnlyList<T> some) => some[_random.Next(some.Count)];

    void Note(string what, string kind)
    {
        Trace.Add($"{_house.Now:HH:mm:ss.fff} {what}");
        Done[kind] = Done.GetValueOrDefault(kind) + 1;
    }
}
