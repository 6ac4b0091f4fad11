using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Simulation;
using TeleCube.Actors.Tests.Calls;
using TeleCube.Actors.Trunks;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Tests.Schemes;

/// <summary>A simulated call made real: SIP comes from a trunk, phones and carriers answer as the simulation says, keys are pressed when they are waited for.</summary>
sealed class RealCall
{
    readonly CallTable _table;
    readonly SimulatedCall _asked;
    readonly Queue<char> _digits;

    public RealCall(CallTable table, SimulatedCall asked)
    {
        (_table, _asked, _digits) = (table, asked, new Queue<char>(asked.Digits));
        table.Now = asked.At;
        table.Trunks = [table.Trunks[0]];
        foreach (var (who, does) in asked.Callees)
        {
            if (table.Tenant.ExternalNumbers.TryGetValue(new(who), out var external) && does is Callee.Busy) table.Talking.Add(external.Number.Value);
            if (does is Callee.Unreachable) table.Phones.Remove(who);
            if (does is Callee.Busy) table.BusyExtensions.Add(who);
        }
    }

    public IReadOnlyList<SchemeDecision> Path => [.. _table.Events.OfType<CallEvent.SchemeMoved>().SelectMany(moved => moved.Path)];

    /// <summary>Who answered; or why it ended; or null if it is still on its way.</summary>
    public string? End => _table.Call switch
    {
        { Phase: CallPhase.Setup } => null,
        { Talk: { } talk } call => call[talk.Other(0) ?? 0]?.Party switch { Party.Phone(var extension) => extension, Party.Outside(_, var number) => number, _ => "?" },
        var call => call.Cause?.Code,
    };

    /// <summary>Goes on until the call is over, somebody has answered, or it has decided so often.</summary>
    public RealCall Go(int decisions)
    {
        _table.Dial(SchemeTable.Landline.Value, new CallOrigin.Trunk("first", SchemeTable.Landline, _asked.Start.Caller.Number, null));
        while (_table.Call.Phase is CallPhase.Setup && Path.Count < decisions) Next();
        return this;
    }

    void Next()
    {
        var call = _table.Call;
        switch (call.Scheme?.Wait)
        {
            case SchemeWait.Playing(_, var serial): _table.Take(new CallCommand.SchemeTimeIsUp(serial)); break;
            case SchemeWait.Listening when _digits.TryDequeue(out var digit): Press(digit); break;
            case SchemeWait.Listening(var until, var serial):
                _table.Now = until;
                _table.Take(new CallCommand.SchemeTimeIsUp(serial));
                break;
            case SchemeWait.Queueing queueing: WaitInQueue(queueing); break;
            case SchemeWait.Deciding(_, var serial):
                _table.Take(new CallCommand.Decided(serial, _asked.Decisions.GetValueOrDefault(call.Scheme.Element.Value), "the simulation asks nobody"));
                break;
            case SchemeWait.Ringing: Ring(call); break;
            default: throw new InvalidOperationException($"the call waits for nothing: {call}");
        }
    }

    /// <summary>The distributor does with it what the simulated call says of the queue; nobody is rung.</summary>
    void WaitInQueue(SchemeWait.Queueing wait)
    {
        var says = _asked.Callees[wait.Queue];
        if (says is Callee.NoAnswer && _digits.TryDequeue(out var key))
        {
            Press(key);
            return;
        }

        if (says is Callee.NoAnswer) _table.Now = wait.Since + SchemeTable.Support.MaxWait;
        var why = says switch { Callee.Busy => QueueExit.Full, Callee.Unreachable => QueueExit.NoConsultants, _ => QueueExit.Timeout };
        _table.Take(new CallCommand.QueueSays(new QueueTicket(_table.Call.Id, wait.Serial), new QueueNotice.Exit(why)));
    }

    void Press(char key) =>
        _table.Take(new CallCommand.Media(new MediaEvent.Dtmf(new StreamId(_table.Call.Legs[0].Media!.Stream), key, TimeSpan.FromMilliseconds(100))));

    void Ring(CallState call)
    {
        if (_table.Effects.OfType<CallEffect.Tell>().Any(told => told.Message is TrunkMessage.SeizeChannel))
            _table.Take(new CallCommand.ChannelGranted(((RouteStep.Dial)call.Trying!).Trunks[0], call.Step));
        call = _table.Call;
        var (step, time) = (call.Step, call.Trying switch { RouteStep.Ring ring => ring.For, RouteStep.RingGroup group => group.For, RouteStep.Dial dial => dial.For, _ => TimeSpan.Zero });
        var legs = call.Legs.Where(leg => leg is { Live: true, Role: LegRole.Uac } && leg.Step == step).ToList();
        if (legs.Find(leg => Does(leg) is Callee.Answers) is { } answers)
        {
            _table.Answer(answers.Number, 200, "bob");
            return;
        }

        foreach (var leg in legs) _table.Answer(leg.Number, Does(leg) switch { Callee.Busy => 486, Callee.Declines => 603, Callee.NoAnswer => 180, _ => 480 });
        if (!legs.Exists(leg => Does(leg) is Callee.NoAnswer)) return;
        _table.Now += time;
        _table.Take(new CallCommand.GiveUpRinging(step));
    }

    Callee Does(Leg leg) => leg.Party switch
    {
        Party.Phone(var extension) => _asked.Callees.GetValueOrDefault(extension, Callee.Answers),
        Party.Outside(_, var number) => _table.Tenant.ExternalNumbers.Values.Where(external => external.Number.Value == number)
            .Select(external => _asked.Callees.GetValueOrDefault(external.Id.Value, Callee.Answers)).FirstOrDefault(Callee.Answers),
        _ => Callee.Answers,
    };
}
