using Microsoft.Extensions.Logging;
using TeleCube.Kernel.Events;
using TeleCube.Kernel.Mailbox;
using TeleCube.Kernel.Metrics;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Kernel.Supervision;

namespace TeleCube.Kernel.Actors;

/// <summary>All actors of one process, under one guardian, on the threads of one dispatcher. Disposing it stops them and waits for their appends.</summary>
public sealed class ActorSystem : IAsyncDisposable
{
    readonly ILogger _log;
    readonly ActorCell _guardian;

    public ActorSystem(ActorSystemOptions options, TimeProvider clock, ILogger<ActorSystem> log)
    {
        (Options, Clock, _log, Dispatcher) = (options, clock, log, options.Dispatcher ?? new ActorDispatcher());
        _guardian = new ActorCell(this, null, Props.Create(() => new Guardian()), "user");
        _guardian.Schedule();
    }

    public ActorSystemOptions Options { get; }

    /// <summary>How long the actor that is next has waited for its turn: what an overloaded node has too much of.</summary>
    public TimeSpan Lag => Dispatcher.Lag;

    public TimeProvider Clock { get; }

    public EventStream EventStream { get; } = new();

    public KernelMetrics Metrics { get; } = new();

    /// <summary>The journal and codec of the persistent actors.</summary>
    public PersistenceContext Persistence =>
        Options.Persistence ?? throw new InvalidOperationException("this actor system was made without persistence");

    public ActorRef Spawn(Props props, string? name = null) => _guardian.Spawn(props, name);

    /// <summary>Stops an actor after the message that it handles now.</summary>
    public static void Stop(ActorRef actor) => (actor as ActorCell)?.TellSystem(SystemMessage.Stop.Instance);

    /// <summary>Completes when that actor has ended for good.</summary>
    public static Task WhenStopped(ActorRef actor) => (actor as ActorCell)?.Ended ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        Stop(_guardian);
        try
        {
            await _guardian.Ended.WaitAsync(Options.ShutdownTimeout, Clock).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _log.LogError("{Actors} actors did not stop within {Timeout}", Metrics.Actors, Options.ShutdownTimeout);
        }
        Metrics.Dispose();
        Dispatcher.Dispose();
    }

    internal IActorDispatcher Dispatcher { get; }

    internal ILogger Log => _log;

    internal ActorCell SpawnTop(Props props, string name) => _guardian.Spawn(props, name);

    internal int MailboxCapacity(Props props) => props.MailboxCapacity ?? Options.MailboxCapacity;

    internal void Failed(ActorFailed failed)
    {
        Metrics.Failed();
        _log.Of(failed.Path).LogError(failed.Exception, "{Actor} failed on {Message}", failed.Path, failed.MessageType?.Name);
        EventStream.Publish(failed);
    }

    internal void DeadLetter(Envelope letter, string recipient, Rejection why)
    {
        Metrics.DeadLettered();
        letter.Sender.Refused(why);
        // A dead letter about a dead letter would never end.
        if (letter.Message is not Events.DeadLetter) EventStream.Publish(new DeadLetter(letter.Message, recipient, letter.Sender, why.Code));
    }

    /// <summary>The parent of all. There is nobody above to escalate to, so what fails here is started again.</summary>
    sealed class Guardian : Actor
    {
        protected override void Receive(object message) => Unhandled(message);
    }
}
