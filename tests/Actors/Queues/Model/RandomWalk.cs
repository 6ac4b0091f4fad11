using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Queues;

namespace TeleCube.Actors.Tests.Queues.Model;

/// <summary>One random history of a company, and its end: when all work as they should, everybody is served.</summary>
sealed class RandomWalk(int seed)
{
    const int MostCalls = 12;

    readonly Random _random = new(seed);
    SimulatedExchange _exchange = null!;
    int _calls;

    public SimulatedExchange Exchange => _exchange;

    public void Run(int steps)
    {
        _exchange = new SimulatedExchange(RandomCompany.Make(_random));
        for (var i = 0; i < steps; i++) Step();
        _exchange.Settle();
        Drain();
    }

    void Step()
    {
        switch (_random.Next(110))
        {
            case < 14: Arrive(); break;
            case < 44: Deliver(); break;
            case < 56: OneOf(call => call.Ringing.Count > 0, call => call.Answer(Pick(call.Ringing), _exchange.Now)); break;
            case < 64: OneOf(call => call.Ringing.Count > 0, call => call.Reject(Pick(call.Ringing), _random.Next(2) == 0 ? "declined" : "busy", _exchange.Now)); break;
            case < 67: OneOf(call => call is { Waits: true, Ticket.CallsBack: false }, call => call.Leave(QueueExit.Abandoned, _exchange.Now)); break;
            case < 74: OneOf(call => call.With is not null, EndTalk); break;
            case < 77: OneOf(call => call is { Waits: true, Ticket.CallsBack: false }, call => call.AskCallBack(_exchange.Now)); break;
            case < 85: _exchange.Pass(TimeSpan.FromSeconds(_random.Next(1, 20))); break;
            case < 92: People(); break;
            case < 94: Change(); break;
            case < 95: OneOf(call => !call.IsOver, call => call.SayAgain(_exchange.Now, asked: true)); break;
            case < 96: _exchange.AskAround(); break;
            case < 98: _exchange.Kill(_ => _random.Next(10) == 0); break;
            case < 99: _exchange.Restart(); break;
            case < 100: _exchange.Settle(); break;
            case < 102: OneOf(call => call.HearsUntil is not null, call => call.HangUp(_exchange.Now)); break;
            case < 104: _exchange.LoseStore(); break;
            case < 106: _exchange.LoseNextAnswer(written: _random.Next(2) == 0); break;
            default: _exchange.FindStore(); break;
        }
    }

    void Arrive()
    {
        if (_exchange.Calls.Values.Count(call => !call.IsOver) >= MostCalls || _exchange.World.Queues.Count == 0) return;
        _exchange.Pass(TimeSpan.FromMilliseconds(1)); // nobody comes at the very same time
        var ticket = new QueueTicket(new CallId($"call{++_calls:000}"), _random.Next(3));
        var call = new SimulatedCall(ticket, Pick([.. _exchange.World.Queues.Keys]), _random.Next(4) == 0 ? "fr" : null, _exchange.Now);
        _exchange.Calls[ticket.ToString()] = call;
        call.Arrive();
    }

    void Deliver()
    {
        var (lost, again) = (_random.Next(60) == 0, _random.Next(25) == 0);
        SimulatedCall[] speakers = [.. _exchange.Speakers];
        QueueTicket[] spoken = [.. _exchange.Spoken];
        if (speakers.Length + spoken.Length == 0) return;
        var which = _random.Next(speakers.Length + spoken.Length);
        if (speakers.Length > 1 && _random.Next(4) == 0) _exchange.Listen(speakers.Where(_ => _random.Next(2) == 0).ToList());
        else if (which < speakers.Length) _exchange.Listen(speakers[which], lost && !again, again);
        else _exchange.Notify(spoken[which - speakers.Length], lost && !again, again);
    }

    void People()
    {
        if (_exchange.World.Queues.Count == 0) return;
        var (queue, who) = (Pick([.. _exchange.World.Queues.Keys]), Pick(RandomCompany.Everybody));
        _exchange.Decide(_random.Next(8) switch
        {
            < 3 => new DistributorCommand.LogIn(queue, who),
            < 5 => new DistributorCommand.LogOut(queue, who),
            < 6 => new DistributorCommand.Pause(queue, who, "lunch"),
            _ => new DistributorCommand.Unpause(queue, who),
        });
    }

    /// <summary>Phones come and go, consultants and queues are deleted and linked anew.</summary>
    void Change()
    {
        var (world, who) = (_exchange.World, Pick(RandomCompany.Everybody));
        switch (_random.Next(8))
        {
            case < 4 when !world.Away.Remove(who): world.Away.Add(who); break;
            case 4 when !world.Gone.Remove(who): world.Gone.Add(who); break;
            case 5 when world.Queues.Count > 1: world.Queues.Remove(Pick([.. world.Queues.Keys])); break;
            case > 5 when world.Queues.Count > 0:
                var queue = world.Queues[Pick([.. world.Queues.Keys])];
                var links = queue.Consultants.RemoveAll(link => link.Id == who);
                if (links.IsEmpty || links.Length == queue.Consultants.Length) links = links.Add(new LinkedConsultant(who) { Skills = ["fr"] });
                if (links.Any(link => link.Skills.Contains("fr"))) world.Queues[queue.Number] = queue with { Consultants = links };
                break;
        }

        _exchange.Decide(new DistributorCommand.Look());
    }

    void EndTalk(SimulatedCall call)
    {
        if (!call.Dials) call.EndTalk(_exchange.Now);
        else if (_random.Next(3) > 0) call.Reach();
        else call.ReachNobody(_exchange.Now);
    }

    /// <summary>Everybody is there, nothing is lost and most calls are taken: then nobody waits for long.</summary>
    void Drain()
    {
        _exchange.World.Away.Clear();
        _exchange.World.Gone.Clear();
        for (var round = 0; round < 400; round++)
        {
            foreach (var queue in _exchange.World.Queues.Values)
            {
                foreach (var link in queue.Consultants)
                {
                    _exchange.Decide(new DistributorCommand.LogIn(queue.Number, link.Id));
                    _exchange.Decide(new DistributorCommand.Unpause(queue.Number, link.Id));
                }
            }

            _exchange.Settle();
            foreach (var call in _exchange.Calls.Values.Where(call => call.With is not null).ToList()) EndTalk(call);
            foreach (var call in _exchange.Calls.Values.Where(call => call.Ringing.Count > 0).ToList())
            {
                if (_random.Next(5) > 0) call.Answer(Pick(call.Ringing), _exchange.Now);
                else call.RingInVain(_exchange.Now);
            }

            _exchange.Settle();
            if (_exchange.Calls.Values.All(call => call.IsOver) && _exchange.State.Queues.Values.All(queue => queue.Waiting.IsEmpty)) return;
            _exchange.Pass(TimeSpan.FromSeconds(5));
        }

        throw new InvariantException("somebody starves");
    }

    void OneOf(Func<SimulatedCall, bool> which, Action<SimulatedCall> act)
    {
        SimulatedCall[] all = [.. _exchange.Calls.Values.Where(which)];
        if (all.Length > 0) act(Pick(all));
    }

    T Pick<T>(IReadOnlyList<T> some) => some[_random.Next(some.Count)];
}
