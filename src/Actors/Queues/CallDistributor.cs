using Microsoft.Extensions.Logging;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.News;
using TeleCube.Actors.Queues.Deciding;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Queues;

/// <summary>After a restart: begin, so that those who wait are looked after.</summary>
public sealed record WakeQueues;

/// <summary>
/// All queues of one company. <see cref="DistributorDecider"/> decides; this shell journals, tells the calls, and looks again when something
/// is due. While the store is away the commands that could not be written are tried again, and later ones wait behind them: callers keep
/// their order.
/// </summary>
/// <remarks>
/// What calls say while an append is under way is decided in one turn and written in one append: else a company's queues would take no more
/// commands a second than there are commits.
/// </remarks>
public sealed class CallDistributor(EntityId id, DistributorServices services)
    : PersistentActor<DistributorState, DistributorEvent>(
        DistributorEntity.Of(id.Tenant).PersistenceId, DistributorState.Initial, DistributorApply.Apply)
{
    const string LookTimer = "look";
    const string AskTimer = "ask";
    const string RetryTimer = "retry";
    const int LargestBatch = 256, LeastEvents = 200;
    static readonly TimeSpan _retryAfter = TimeSpan.FromSeconds(1);

    readonly Inquiries _inquiries = new();
    DistributorTurn? _turn;
    List<DistributorCommand> _batch = [];
    IReadOnlyList<DistributorCommand> _commands = [];
    Unwritten? _unwritten;
    bool _inDoubt;

    sealed record AskCalls;

    sealed record WriteAgain;

    /// <summary>Lies behind the commands that came meanwhile.</summary>
    sealed record DecideBatch;

    /// <summary>The more wait, the longer is what a snapshot writes: seldom enough that each event pays for the place of one caller or so.</summary>
    protected override int SnapshotEvery => Math.Max(LeastEvents, State.Queues.Values.Sum(queue => queue.Waiting.Length));

    protected override void PreStart() => Context.System.EventStream.Subscribe<TenantChanged>(Self);

    protected override void PostStop() => services.Board.Withdraw(id.Tenant);

    protected override void Receive(object message)
    {
        switch (message)
        {
            case WriteAgain when _unwritten is { } unwritten: WriteNow(unwritten); break;
            case WriteAgain: break;
            case DistributorCommand command when _unwritten is not null: Wait(command); break;
            case DistributorCommand { IsOfCalls: true } command: Collect(command); break;
            case DistributorCommand command: Take(command); break;
            case DecideBatch when _batch.Count > 0: TakeBatch(); break;
            case DecideBatch: break;
            case TenantChanged(var tenant, _) when tenant == id.Tenant: Look(); break;
            case TenantChanged: break;
            case AskCalls when _unwritten is not null: AskLater(); break; // what calls answer is not read now
            case AskCalls: AskAround(); break;
            case WakeQueues: break;
            default: Unhandled(message); break;
        }

        if (message is WakeQueues && ReferenceEquals(State, DistributorState.Initial)) Passivate(); // woken by a stray
    }

    void Collect(DistributorCommand command)
    {
        _inquiries.Heard(command);
        _batch.Add(command);
        if (_batch.Count == 1) Self.Tell(new DecideBatch());
        else if (_batch.Count >= LargestBatch) TakeBatch();
    }

    /// <summary>With what calls have said before it.</summary>
    void Take(DistributorCommand command)
    {
        _batch.Add(command);
        TakeBatch();
    }

    void TakeBatch()
    {
        (_commands, _batch, _inDoubt) = (_batch, [], false);
        _turn = DistributorDecider.Decide(State, _commands, World(), services.Clock.GetUtcNow());
        Carry(_turn);
    }

    void Carry(DistributorTurn turn)
    {
        Settle(new Decision<DistributorEvent>(turn.Events, turn.Refused));
        if (turn.Events.Count == 0) CarryOut(turn);
    }

    protected override void React(DistributorEvent happened)
    {
        if (_turn is { } turn && ReferenceEquals(happened, turn.Events[^1])) CarryOut(turn);
    }

    /// <summary>What was decided is durable: now it is told.</summary>
    void CarryOut(DistributorTurn turn)
    {
        (_turn, _commands) = (null, []);
        if (turn.Events.Count > 0) services.Board.Publish(id.Tenant, State);
        foreach (var (to, words) in turn.Said.Select(said => said.For(id.Tenant))) Tell(to, words);
        Arm();
    }

    void Tell(QueueTicket ticket, CallCommand command) => services.Region.Tell(ticket.Call.Entity(id.Tenant), command, Self);

    void Arm()
    {
        if (NextLook.After(State, World(), services.Clock.GetUtcNow()) is { } due) Timers.At(LookTimer, due, new DistributorCommand.Look());
        else Timers.Cancel(LookTimer);
        if (!Timers.IsArmed(AskTimer) && Inquiries.Due(State).Any()) AskLater();
    }

    void AskLater() => Timers.After(AskTimer, Inquiries.Every, new AskCalls());

    /// <summary>What a dead process had on its way is lost: each call says where it stands, and what is due is done.</summary>
    protected override void Resume()
    {
        if (ReferenceEquals(State, DistributorState.Initial)) return;
        services.Board.Publish(id.Tenant, State);
        AskAround();
        Self.Tell(new DistributorCommand.Look());
    }

    void AskAround()
    {
        var lost = _inquiries.Next(State);
        foreach (var ticket in Inquiries.Due(State)) Tell(ticket, new CallCommand.QueueSays(ticket, new QueueNotice.AreYouThere()));
        foreach (var ticket in lost)
        {
            services.Log.Of(id).LogWarning("The call of {Ticket} in a queue says nothing any more: taken for lost", ticket);
            Self.Tell(new DistributorCommand.Leave(ticket, QueueExit.Lost, services.Clock.GetUtcNow()));
        }

        Timers.Cancel(AskTimer);
        if (Inquiries.Due(State).Any()) AskLater();
    }

    void Look()
    {
        if (_unwritten is null) Take(new DistributorCommand.Look());
    }

    /// <summary>Behind what could not be written; people are told so at once.</summary>
    void Wait(DistributorCommand command)
    {
        _inquiries.Heard(command);
        if (command.IsOfCalls) Stash();
        else Reply(Kernel.Actors.KernelRejections.StorageUnavailable("what came before is not written yet"));
    }

    void WriteNow(Unwritten unwritten)
    {
        _unwritten = null;
        if (unwritten.InDoubt is not { } turn)
        {
            _batch.AddRange(unwritten.Commands);
            TakeBatch();
        }
        else
        {
            (_commands, _turn, _inDoubt) = (unwritten.Commands, turn, true);
            Carry(turn);
        }

        UnstashAll(); // if it fails again they are put aside again, in their order
    }

    protected override void AppendFailed(AppendOutcome why, IReadOnlyList<DistributorEvent> lost)
    {
        var (turn, commands) = (_turn, _commands);
        (_turn, _commands) = (null, []);
        if (turn is null || Unwritten.Of(why.Status, commands, turn, _inDoubt) is not { } unwritten) return;
        _unwritten = unwritten;
        Timers.After(RetryTimer, _retryAfter, new WriteAgain());
    }

    protected override IEnumerable<StoreWrite> Project(DistributorEvent happened, DistributorState after)
    {
        if (ReferenceEquals(State, DistributorState.Initial)) yield return new StoreWrite.Remember(id);
        foreach (var news in QueueNews.Of(id.Tenant, happened, State, after)) yield return news;
    }

    QueueWorld World() => new(services.Tenants.Find(id.Tenant), services.Plan, services.View);
}
