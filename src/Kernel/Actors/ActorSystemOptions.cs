using TeleCube.Kernel.Persistence;

namespace TeleCube.Kernel.Actors;

/// <summary>The settings of one actor system.</summary>
public sealed record ActorSystemOptions
{
    /// <summary>Messages that may wait for one actor; the next one is refused.</summary>
    public int MailboxCapacity { get; init; } = 4096;

    /// <summary>Messages that one actor handles before the others get their turn.</summary>
    public int Slice { get; init; } = 64;

    /// <summary>How long the end of the system waits for its actors and their appends.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The journal and codec of the persistent actors; a system without them has none.</summary>
    public PersistenceContext? Persistence { get; init; }

    /// <summary>Who gives the actors their turns; null: threads of the system's own. It ends with the system.</summary>
    public IActorDispatcher? Dispatcher { get; init; }
}
