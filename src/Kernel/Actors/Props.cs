namespace TeleCube.Kernel.Actors;

/// <summary>How to make an actor, now and again after each restart.</summary>
public sealed record Props
{
    Props(Func<Actor> factory) => Factory = factory;

    internal Func<Actor> Factory { get; }

    /// <summary>How many messages may wait; the system's default when null.</summary>
    public int? MailboxCapacity { get; init; }

    /// <summary>The factory is called for each incarnation and must make a new actor each time.</summary>
    public static Props Create(Func<Actor> factory) => new(factory);
}
