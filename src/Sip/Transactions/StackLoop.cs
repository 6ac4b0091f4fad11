using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace TeleCube.Sip.Transactions;

/// <summary>
/// What makes one thread at a time of all that call the stack: whoever finds the loop at rest runs it, for a few slices; what is left then goes on
/// in the thread pool. The user's words come first, then a slice of what came in, then the timers that are due.
/// </summary>
/// <remarks>Not a thread of its own: with one, each message woke it and put it to sleep again, which cost more than handling the message.</remarks>
sealed class StackLoop : IThreadPoolWorkItem, IDisposable
{
    const int Slice = 64;
    const int SlicesTogether = 8; // what others say meanwhile is handled here: to wake a thread of the pool for it costs more than most slices

    // Each ring wakes three threads, and every call leaves a dozen timers behind, due one by one: those that are due soon after another ring with the next.
    static readonly TimeSpan _leastBetweenRings = TimeSpan.FromMilliseconds(25);

    readonly Channel<Waiting> _inbound;
    // Not bounded by itself: the user speaks only of transactions and calls that exist, and those are bounded.
    readonly ConcurrentQueue<Waiting> _told = new();
    readonly ITimer _alarm;
    readonly TimeProvider _clock;
    readonly ILogger _logger;
    StackTables? _tables;
    int _running = 1; // until the start
    int _runner;
    long _rings = long.MaxValue;
    long _rang = long.MinValue;
    volatile bool _stopped;

    public StackLoop(int capacity, TimeProvider clock, ILogger logger)
    {
        (_clock, _logger) = (clock, logger);
        _inbound = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _alarm = clock.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Backlog => _inbound.Reader.Count + _told.Count;

    /// <summary>How long the message that is next has waited.</summary>
    public TimeSpan Lag
    {
        get
        {
            var since = long.MaxValue;
            if (_inbound.Reader.TryPeek(out var inbound)) since = inbound.Since;
            if (_told.TryPeek(out var told)) since = Math.Min(since, told.Since);
            return since == long.MaxValue ? TimeSpan.Zero : Stopwatch.GetElapsedTime(since);
        }
    }

    public void Start(StackTables tables)
    {
        _tables = tables;
        Rest();
        Help();
    }

    public void Tell(StackInput input)
    {
        _told.Enqueue(new Waiting(input, Stopwatch.GetTimestamp()));
        Help();
    }

    /// <summary>Puts it into the queue; false when there is no room. It is handled at the next <see cref="Help"/>.</summary>
    public bool TryEnqueue(StackInput input) => _inbound.Writer.TryWrite(new Waiting(input, Stopwatch.GetTimestamp()));

    /// <summary>Handles what waits, unless another thread is at it, which then does.</summary>
    public void Help()
    {
        Interlocked.MemoryBarrier(); // first the message, then the look at who runs: see Rest
        while (HasWork && !_stopped && Interlocked.CompareExchange(ref _running, 1, 0) == 0)
        {
            for (var slice = 0; slice < SlicesTogether && HasWork && !_stopped; slice++) Run();
            if (HasWork)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false); // still running, there
                return;
            }
            Rest();
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (HasWork && !_stopped) Run();
        Rest();
        Help();
    }

    /// <summary>Waits for the slice that runs; after it nothing is handled any more.</summary>
    public void Stop()
    {
        _stopped = true;
        if (_tables is not null && Volatile.Read(ref _runner) != Environment.CurrentManagedThreadId)
            SpinWait.SpinUntil(() => Interlocked.CompareExchange(ref _running, 1, 0) == 0);
        Dispose();
    }

    public void Dispose() => _alarm.Dispose();

    bool HasWork => !_told.IsEmpty || _inbound.Reader.Count > 0;

    void Run()
    {
        Volatile.Write(ref _runner, Environment.CurrentManagedThreadId);
        for (var taken = 0; taken < Slice && _told.TryDequeue(out var waiting); taken++) Run(waiting.Input);
        for (var taken = 0; taken < Slice && _inbound.Reader.TryRead(out var waiting); taken++) Run(waiting.Input);
        FireTimers();
        Volatile.Write(ref _runner, 0);
    }

    // One message's defect must not end all calls.
    void Run(StackInput input)
    {
        try
        {
            input.Run(_tables!);
        }
        catch (Exception defect)
        {
            _logger.LogError(defect, "The SIP stack failed on {Input}", input.GetType().Name);
        }
    }

    void FireTimers()
    {
        try
        {
            _tables!.Context.Wheel.Advance();
        }
        catch (Exception defect)
        {
            _logger.LogError(defect, "The SIP stack failed on a timer");
        }
    }

    void Rest()
    {
        if (!_stopped && _tables!.Context.Wheel.UntilNext() is { } next) SetAlarm(next);
        Volatile.Write(ref _running, 0);
        Interlocked.MemoryBarrier(); // at rest first, then the caller's look for work: who told us in between either runs it or is seen
    }

    // Setting a timer costs as much as a small message, and most rests are shorter than the next timer: an alarm that rings early enough is left alone.
    void SetAlarm(TimeSpan next)
    {
        var due = _clock.GetTimestamp() + TicksOf(next);
        var rang = Volatile.Read(ref _rang);
        if (rang != long.MinValue && rang + TicksOf(_leastBetweenRings) - due is > 0 and var early)
        {
            due += early;
            next += TimeSpan.FromSeconds((double)early / _clock.TimestampFrequency);
        }
        if (Volatile.Read(ref _rings) <= due) return;
        Volatile.Write(ref _rings, due);
        _alarm.Change(next, Timeout.InfiniteTimeSpan);
    }

    long TicksOf(TimeSpan time) => (long)(time.TotalSeconds * _clock.TimestampFrequency);

    void Ring()
    {
        Volatile.Write(ref _rings, long.MaxValue);
        Volatile.Write(ref _rang, _clock.GetTimestamp());
        Tell(StackInput.Alarm.Instance);
    }

    readonly record struct Waiting(StackInput Input, long Since);
}
