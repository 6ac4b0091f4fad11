using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace TeleCube.Sip.Transactions;

/// <summary>
/// The one thread of the stack. It takes the user's words first, then a slice of what came in, then the timers that are due.
/// </summary>
sealed class StackLoop : IDisposable
{
    const int Slice = 64;
    static readonly TimeSpan _longestSleep = TimeSpan.FromSeconds(1);

    readonly Channel<StackInput> _inbound;
    // Not bounded by itself: the user speaks only of transactions and calls that exist, and those are bounded.
    readonly ConcurrentQueue<StackInput> _told = new();
    readonly AutoResetEvent _wake = new(false);
    readonly ITimer _alarm;
    readonly ILogger _logger;
    readonly Thread _thread;
    StackTables? _tables;
    int _asleep;
    volatile bool _stopped;

    public StackLoop(int capacity, TimeProvider clock, ILogger logger)
    {
        _logger = logger;
        _inbound = Channel.CreateBounded<StackInput>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _alarm = clock.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _thread = new Thread(Run) { IsBackground = true, Name = "sip stack" };
    }

    public int Backlog => _inbound.Reader.Count + _told.Count;

    public void Start(StackTables tables)
    {
        _tables = tables;
        _thread.Start();
    }

    public void Tell(StackInput input)
    {
        _told.Enqueue(input);
        Wake();
    }

    /// <summary>False when there is no room.</summary>
    public bool TryTell(StackInput input)
    {
        if (!_inbound.Writer.TryWrite(input)) return false;
        Wake();
        return true;
    }

    public void Stop()
    {
        _stopped = true;
        _wake.Set();
        if (_thread.IsAlive && Thread.CurrentThread != _thread) _thread.Join();
        Dispose();
    }

    public void Dispose()
    {
        _alarm.Dispose();
        _wake.Dispose();
    }

    void Run()
    {
        while (!_stopped)
        {
            var worked = TakeTold() | TakeInbound();
            FireTimers();
            if (!worked) Sleep();
        }
    }

    bool TakeTold()
    {
        var taken = 0;
        for (; taken < Slice && _told.TryDequeue(out var input); taken++) Run(input);
        return taken > 0;
    }

    bool TakeInbound()
    {
        var taken = 0;
        for (; taken < Slice && _inbound.Reader.TryRead(out var input); taken++) Run(input);
        return taken > 0;
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

    void Sleep()
    {
        Volatile.Write(ref _asleep, 1);
        Interlocked.MemoryBarrier(); // who enqueues after the next look sees that we sleep
        if (_inbound.Reader.Count > 0 || !_told.IsEmpty || _stopped)
        {
            Volatile.Write(ref _asleep, 0);
            return;
        }
        _alarm.Change(_tables!.Context.Wheel.UntilNext() ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _wake.WaitOne(_longestSleep);
        Volatile.Write(ref _asleep, 0);
    }

    void Wake()
    {
        if (Interlocked.Exchange(ref _asleep, 0) == 1 && !_stopped) _wake.Set();
    }
}
