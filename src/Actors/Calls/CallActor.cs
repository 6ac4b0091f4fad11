using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Media;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Timeline;
using TeleCube.Actors.Calls.Views;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Trunks;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Calls;

/// <summary>
/// One call, from INVITE to CDR. <see cref="CallDecider"/> decides; this shell journals what was decided and then carries it out. When the journal is
/// away, a running call and an emergency call go on: their events wait here and are appended when it is back.
/// </summary>
public sealed class CallActor : PersistentActor<CallState, CallEvent>
{
    const string SpoolTimer = "spool";
    static readonly TimeSpan _spoolRetry = TimeSpan.FromSeconds(2);

    readonly EntityId _id;
    readonly CallServices _services;
    readonly CallMedia _media;
    readonly CallWire _wire;
    readonly CallTimeline _timeline;
    readonly List<CallEvent> _spool = [];
    CallState? _ahead;
    Turn? _turn;

    public CallActor(EntityId id, CallServices services) : base(id.PersistenceId, CallState.Initial with { Id = new CallId(id.Id), Tenant = id.Tenant }, CallApply.Apply)
    {
        (_id, _services) = (id, services);
        _timeline = new CallTimeline(services.World.Options.KeepMessages);
        _media = new CallMedia(id, services);
        _wire = new CallWire(id, services, _timeline);
    }

    /// <summary>What is true now, be it journaled or waiting for the journal.</summary>
    CallState Now => _ahead ?? State;

    protected override void Receive(object message)
    {
        switch (message)
        {
            case CallCommand.PartnerMedia partner when Now.Phase is CallPhase.Talking && Now.Partner?.Call == partner.From: _media.PartnerIs(partner, Now, Self); break;
            case CallCommand command: Take(command); break;
            case TrunkMessage.ChannelGranted granted: Take(new CallCommand.ChannelGranted(granted.Trunk.Value, StepOf(granted.Leg))); break;
            case TrunkMessage.ChannelRefused refused: Take(new CallCommand.ChannelRefused(refused.Trunk.Value, StepOf(refused.Leg), refused.Code)); break;
            case WireIdle: Finish(); break;
            case AppendSpool: AppendSpooled(); break;
            case GetCall: Reply(Now); break;
            case GetTimeline: Reply(_timeline.Entries); break;
            default: Unhandled(message); break;
        }

        if (message is GetCall or GetTimeline && Now.Phase is CallPhase.New or CallPhase.Closed) Passivate(); // woken by a question only
    }

    void Take(CallCommand command)
    {
        var now = _services.Clock.GetUtcNow();
        _timeline.Took(command, now);
        _media.Took(command);
        _wire.Took(command);
        Carry(CallDecider.Decide(Now, command, _services.World, now, _wire.NextCSeq));
    }

    /// <summary>Journals the turn's events, if any; its effects follow when they are durable.</summary>
    void Carry(Turn turn)
    {
        _turn = turn;
        if (turn.Events.Count == 0) CarryOut();
        else if (_ahead is not null) RunAhead(turn, turn.Events);
        else Settle(new Decision<CallEvent>(turn.Events), turn.Effects.OfType<CallEffect.Reply>().LastOrDefault()?.Message);
    }

    protected override void React(CallEvent happened)
    {
        _timeline.Saw(happened);
        _services.Live.Saw(happened);
        if (happened is CallEvent.Closed) Passivate();
        if (_turn is { } turn && ReferenceEquals(happened, turn.Events[^1])) CarryOut();
    }

    /// <summary>Effects in their order, then the media that the new state asks for.</summary>
    void CarryOut()
    {
        var turn = _turn!;
        _turn = null;
        _media.Follow(turn.Call, Self);
        foreach (var effect in turn.Effects)
        {
            switch (effect)
            {
                case CallEffect.Tell tell: _services.Region.Tell(tell.To, tell.Message, Self); break;
                case CallEffect.Reply reply when turn.Events.Count == 0 || _ahead is not null: Reply(reply.Message); break;
                case CallEffect.Reply: break; // went with Settle
                case CallEffect.Media media: _services.Engine.Send(media.Command); break;
                case CallEffect.StartTimer timer: Timers.After(timer.Name, timer.After, timer.Command); break;
                case CallEffect.CancelTimer timer: Timers.Cancel(timer.Name); break;
                case CallEffect.Note note: _timeline.Note(note.Code, note.Text, turn.Now); break;
                default: _wire.CarryOut(effect, turn.Call); break;
            }
        }

        _services.Live.Update(turn.Call);
        if (turn.Call.Phase is CallPhase.Over) _wire.WhenIdle(Self);
        else if (turn.Call.Phase is CallPhase.New or CallPhase.Closed) Passivate(); // refused before it began, or woken by a stray
    }

    protected override void Resume()
    {
        if (State.Phase is CallPhase.New or CallPhase.Closed) return;
        _wire.Continue(State);
        Carry(Recovering.Resume(State, _services.World, _services.Clock.GetUtcNow(), _wire.NextCSeq));
    }

    protected override IEnumerable<StoreWrite> Project(CallEvent happened, CallState after) => CallViews.Of(happened, after, _timeline);

    /// <summary>ARCHITECTURE §3: without the journal nothing new begins, save emergency calls; what runs is answered and goes on.</summary>
    protected override void AppendFailed(AppendOutcome why, IReadOnlyList<CallEvent> lost)
    {
        var turn = _turn!;
        if (why.Status is AppendStatus.Unavailable && (State.Phase is not CallPhase.New || turn.Call.Emergency)) RunAhead(turn, lost);
        else if (why.Status is AppendStatus.Unavailable) _wire.Refuse(turn, 503, "Storage is away");
        if (_ahead is null) _media.Abandon(turn.Call);
    }

    void RunAhead(Turn turn, IReadOnlyList<CallEvent> events)
    {
        _ahead = turn.Call;
        _spool.AddRange(events);
        foreach (var happened in turn.Events) _timeline.Saw(happened);
        _turn = turn;
        CarryOut();
        Timers.After(SpoolTimer, _spoolRetry, new AppendSpool());
    }

    void AppendSpooled()
    {
        if (_ahead is null) return;
        // React finds no turn, so nothing is done twice; a failed append comes back as AppendFailed.
        _turn = new Turn(_ahead, _services.World, _services.Clock.GetUtcNow()) { NextCSeq = _wire.NextCSeq };
        _ahead = null;
        var events = _spool.ToArray();
        _spool.Clear();
        Settle(events);
    }

    /// <summary>The last BYE is answered: nothing is owed any more, so the call need not be started again.</summary>
    void Finish()
    {
        if (_ahead is not null || State.Phase is not CallPhase.Over || !_wire.Idle) return;
        Settle(new CallEvent.Closed(_services.Clock.GetUtcNow()));
    }

    protected override void PostStop()
    {
        _services.Live.Remove(_id);
        _media.Release();
    }

    static int StepOf(string channelKey) => int.Parse(channelKey.Split('/')[2], System.Globalization.CultureInfo.InvariantCulture);

    sealed record AppendSpool;
}

/// <summary>No transaction of the call is open any more.</summary>
public sealed record WireIdle;
