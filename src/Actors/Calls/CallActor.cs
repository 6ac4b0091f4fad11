using Microsoft.Extensions.Logging;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Media;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Timeline;
using TeleCube.Actors.Calls.Views;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.News;
using TeleCube.Actors.Trunks;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls;

/// <summary>
/// One call, from INVITE to CDR. <see cref="CallDecider"/> decides; this shell journals what was decided and then carries it out.
/// </summary>
public sealed partial class CallActor : PersistentActor<CallState, CallEvent>
{
    readonly EntityId _id;
    readonly CallServices _services;
    readonly CallMedia _media;
    readonly CallWire _wire;
    readonly CallTimeline _timeline;
    readonly QualityRound _quality;
    Turn? _turn;
    DateTimeOffset _latest;

    public CallActor(EntityId id, CallServices services)
        : base(id.PersistenceId, CallState.Initial with { Id = new CallId(id.Id), Tenant = id.Tenant }, CallApply.Apply)
    {
        (_id, _services) = (id, services);
        _timeline = new CallTimeline(id, services.World.Options.KeepMessages);
        _quality = new QualityRound(services.Engine);
        _media = new CallMedia(id, services);
        _wire = new CallWire(id, services, _timeline);
    }

    protected override void Receive(object message)
    {
        switch (message)
        {
            case CallCommand.Media(MediaEvent.PlayEnded ended) when _media.IsStale(ended): break;
            case CallCommand.PartnerMedia partner when Now.Phase is CallPhase.Talking && Now.Partner?.Call == partner.From:
                _media.PartnerIs(partner, Now, Self);
                break;
            case CallCommand.Media(MediaEvent.Quality(var stream, _)) present:
                _timeline.Took(present, Now, _services.Clock.GetUtcNow());
                if (_quality.IsWhole(stream)) _quality.Answer(_timeline.Entries, Self);
                break;
            case CallCommand.Request request: Take(request with { HeardSeq = _wire.HeardFrom(request.Leg) }); break;
            case CallCommand command: Take(command); break;
            case TrunkMessage.ChannelGranted granted: Take(Granted(granted)); break;
            case TrunkMessage.ChannelRefused refused: Take(Refused(refused)); break;
            case WireIdle: Finish(); break;
            case AppendSpool: AppendSpooled(); break;
            case GetCall: Reply(Now); break;
            case GetTimeline when _quality.TryBegin(Sender, _media.Streams): Timers.After(QualityRound.Timer, QualityRound.Patience, new QualityIsLate()); break;
            case GetTimeline: Reply(_timeline.Entries); break;
            case QualityIsLate: _quality.Answer(_timeline.Entries, Self); break;
            case Accepted when Now is { Setting: not null, Step: 0 }: Take(new CallCommand.SettingSaid(null)); break;
            case Rejection refused when Now is { Setting: not null, Step: 0 }: Take(new CallCommand.SettingSaid(refused)); break;
            case Rejection when !Now.Queues.IsEmpty: Take(new CallCommand.NotHeard()); break;
            default: Unhandled(message); break;
        }

        if (message is GetCall or GetTimeline && Now.Phase is CallPhase.New or CallPhase.Closed) Passivate(); // woken by a question only
    }

    void Take(CallCommand command)
    {
        // Seconds cost money: they count from the wire, not from when there was time for it. Never backwards within a call.
        var now = command.ReceivedAt ?? _services.Clock.GetUtcNow();
        if (now < _latest) now = _latest;
        _latest = now;
        _timeline.Took(command, Now, now);
        _media.Took(command);
        _wire.Took(command);
        Carry(CallDecider.Decide(Now, command, _services.World, now, _wire.NextCSeq));
    }

    /// <summary>Journals the turn's events, if any; its effects follow when they are durable.</summary>
    void Carry(Turn turn)
    {
        _turn = turn;
        if (turn.Events.Count == 0) CarryOut(turn);
        else if (_ahead is not null) RunAhead(turn, turn.Events);
        else Settle(new Decision<CallEvent>(turn.Events), turn.Effects.OfType<CallEffect.Reply>().LastOrDefault()?.Message);
    }

    protected override void React(CallEvent happened)
    {
        _services.Live.Saw(happened);
        if (_catchingUp) CaughtUp(happened);
        else _timeline.Saw(happened);
        if (happened is CallEvent.Closed)
        {
            _quality.Answer(_timeline.Entries, Self); // closed streams report no more
            Passivate();
        }

        if (_turn is { } turn && ReferenceEquals(happened, turn.Events[^1])) CarryOut(turn);
    }

    /// <summary>Effects in their order, then the media that the new state asks for.</summary>
    void CarryOut(Turn turn)
    {
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
                case CallEffect.Ask ask: _ = AskOutside(ask, Self); break;
                case CallEffect.TurnAway refused: TurnedAway(refused); break;
                case CallEffect.Note note: _timeline.Note(note.Code, note.Text, turn.Now); break;
                default: _wire.CarryOut(effect, turn.Call); break;
            }
        }

        _services.Live.Update(Now); // not the turn's own copy of it, which would be kept beside ours
        if (turn.Call.Phase is CallPhase.Over) _wire.WhenIdle(Self);
        else if (turn.Call.Phase is CallPhase.New or CallPhase.Closed) Passivate(); // refused before it began, or woken by a stray
    }

    /// <summary>Outside of the actor, whose calls go on meanwhile; an answer that comes too late is for nobody.</summary>
    async Task AskOutside(CallEffect.Ask ask, ActorRef self)
    {
        var said = await _services.Decisions.Ask(_id.Tenant, ask.Url, ask.Question, ask.Within, CancellationToken.None).ConfigureAwait(false);
        self.Tell(new CallCommand.Decided(ask.Serial, said.Exit, said.Why));
    }

    void TurnedAway(CallEffect.TurnAway refused)
    {
        _services.Live.TurnedAway(refused.Status);
        if (_services.Log.IsEnabled(LogLevel.Information))
            _services.Log.Of(_id).LogInformation("an INVITE was refused before its call began: {Status} {Why}", refused.Status, refused.Why);
    }

    protected override void Replayed(CallEvent happened) => _timeline.Replayed(happened);

    protected override void Resume()
    {
        if (State.Phase is CallPhase.New or CallPhase.Closed) return;
        _wire.Continue(State);
        _media.Forget(State);
        Carry(Recovering.Resume(State, _services.World, _services.Clock.GetUtcNow(), _wire.NextCSeq));
    }

    protected override IEnumerable<StoreWrite> Project(CallEvent happened, CallState after)
    {
        foreach (var write in CallViews.Of(happened, after, _timeline)) yield return write;
        if (CallNews.Of(happened, State, after) is { } news) yield return news;
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

    static CallCommand.ChannelGranted Granted(TrunkMessage.ChannelGranted granted) =>
        new(granted.Trunk.Value, ChannelName.StepOf(granted.Leg), ChannelName.LineOf(granted.Leg)) { Key = granted.Leg };

    static CallCommand.ChannelRefused Refused(TrunkMessage.ChannelRefused refused) =>
        new(refused.Trunk.Value, ChannelName.StepOf(refused.Leg), refused.Code, ChannelName.LineOf(refused.Leg));

    sealed record QualityIsLate;
}

/// <summary>No transaction of the call is open any more.</summary>
public sealed record WireIdle;
