using TeleCube.Kernel.Persistence;

namespace TeleCube.Kernel.Actors;

/// <summary>A question with one answer. For the edges (API, tests) only: actors tell, and remember whom to answer.</summary>
public static class AskExtensions
{
    /// <summary>
    /// The answer as <typeparamref name="T"/>. A <see cref="Rejection"/> is returned if T can hold one, else thrown as
    /// <see cref="RejectedException"/>; so is a message that was refused. No answer in time is a <see cref="TimeoutException"/>.
    /// </summary>
    public static Task<T> Ask<T>(this ActorRef target, object message, TimeSpan timeout, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        var promise = new PromiseRef<T>(target.Path, message.GetType(), timeout, target.Clock, stop);
        target.Tell(message, promise);
        return promise.Answer;
    }
}
