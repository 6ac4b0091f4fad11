using TeleCube.Kernel.Persistence;

namespace TeleCube.Kernel.Actors;

/// <summary>The sender of one question: its first message is the answer.</summary>
sealed class PromiseRef<T> : ActorRef
{
    readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly string _askedPath;
    readonly Type _question;
    readonly TimeSpan _timeout;
    readonly ITimer _timer;
    readonly CancellationTokenRegistration _stop;

    public PromiseRef(string askedPath, Type question, TimeSpan timeout, TimeProvider clock, CancellationToken stop)
    {
        (_askedPath, _question, _timeout) = (askedPath, question, timeout);
        _timer = clock.CreateTimer(static state => ((PromiseRef<T>)state!).TimedOut(), this, timeout, Timeout.InfiniteTimeSpan);
        _stop = stop.UnsafeRegister(static (state, token) => ((PromiseRef<T>)state!).Cancelled(token), this);
        if (_answer.Task.IsCompleted) Release(); // cancelled before there was anything to release
    }

    public Task<T> Answer => _answer.Task;

    public override string Path => "/ask";

    public override bool TryTell(object message, ActorRef? sender = null)
    {
        var first = message switch
        {
            T answer => _answer.TrySetResult(answer),
            Rejection why => _answer.TrySetException(new RejectedException(why)),
            _ => _answer.TrySetException(new InvalidOperationException(
                $"{_askedPath} answered {_question.Name} with {message.GetType().Name} instead of {typeof(T).Name}")),
        };
        if (first) Release();
        return first;
    }

    protected internal override void Refused(Rejection why) => TryTell(why);

    void TimedOut()
    {
        if (_answer.TrySetException(new TimeoutException($"{_askedPath} did not answer {_question.Name} within {_timeout}"))) Release();
    }

    void Cancelled(CancellationToken token)
    {
        if (_answer.TrySetCanceled(token)) Release();
    }

    void Release()
    {
        _timer?.Dispose();
        _stop.Unregister();
    }
}
