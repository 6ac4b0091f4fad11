namespace TeleCube.Kernel.Actors;

/// <summary>Gives actors their turns, each on one thread at a time.</summary>
public interface IActorDispatcher : IDisposable
{
    /// <summary>How long the actor that is next has waited for its turn.</summary>
    TimeSpan Lag { get; }

    /// <summary>An actor has something to do. Called on any thread, also from within a turn; the turn itself is never taken at once.</summary>
    void Enqueue(IThreadPoolWorkItem turn);
}
