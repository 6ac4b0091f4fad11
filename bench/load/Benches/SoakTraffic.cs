using System.Collections.Concurrent;
using System.Diagnostics;
using TeleCube.Load.Rtp;
using TeleCube.Load.Signalling;
using TeleCube.Load.Targets;

namespace TeleCube.Load.Benches;

/// <summary>Calls that come and go at a steady rate; a share of them speaks, and is answered with speech.</summary>
sealed class SoakTraffic : IDisposable
{
    static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(4);

    readonly Target _target;
    readonly Phone _caller;
    readonly Phone _callee;
    readonly ConcurrentQueue<RtpStream> _callers;
    readonly ConcurrentQueue<RtpStream> _callees;
    readonly List<Task> _running = [];
    int _answered;
    int _refused;
    int _failed;
    int _noStream;

    public SoakTraffic(Target target, CallField field)
    {
        if (target.Answers) throw new LoadException("this target answers calls itself; it bridges none");
        _target = target;
        _callers = new(field.Callers);
        _callees = new(field.Callees);
        _callee = new(target.Callee, target, TakeCallee);
        _callee.Taken += leg => Aim(leg.Stream!);
        _callee.HungUp += leg => Free(leg.Stream!, _callees);
        _caller = new(target.Caller, target, () => null);
    }

    public int Answered => _answered;

    /// <summary>Answered with 503.</summary>
    public int Refused => _refused;

    public int Failed => _failed;

    /// <summary>Calls left out because earlier ones still held every stream.</summary>
    public int LeftOut => _noStream;

    public int Repeated => _caller.Repeated + _callee.Repeated;

    public async Task Register()
    {
        for (var turn = 0; turn < _target.Users; turn++)
        {
            if (_target.RegistersCallees) await _callee.Register(_target.CalleeAt(turn).Account);
            if (_target.RegistersCallers) await _caller.Register(_target.CallerAt(turn).Account);
        }
    }

    /// <summary>
    /// Calls at this rate until stopped, then waits for the last of them. What is due by the clock is begun at each tick: a tick that comes late leaves no call out,
    /// and there are fewer ticks than calls.
    /// </summary>
    public async Task Run(double rate, double audioShare, TimeSpan hold, CancellationToken enough)
    {
        using var pace = new PeriodicTimer(_tick);
        var started = Stopwatch.GetTimestamp();
        try
        {
            for (var call = 0; !enough.IsCancellationRequested;)
            {
                for (var due = Stopwatch.GetElapsedTime(started).TotalSeconds * rate; call <= due; call++) Begin(call, audioShare, hold);
                _running.RemoveAll(done => done.IsCompleted);
                await pace.WaitForNextTickAsync(enough);
            }
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // the time is over
        }
        await Task.WhenAll(_running);
    }

    public void Dispose()
    {
        _caller.Dispose();
        _callee.Dispose();
    }

    /// <summary>The calls that speak are spread evenly over all.</summary>
    void Begin(int call, double audioShare, TimeSpan hold)
    {
        var speaks = (int)((call + 1) * audioShare) > (int)(call * audioShare);
        if (_callers.TryDequeue(out var stream)) _running.Add(One(call, stream, speaks, hold));
        else _noStream++;
    }

    async Task One(int call, RtpStream stream, bool speaks, TimeSpan hold)
    {
        var (leg, status) = await _caller.Dial(_target.CallerAt(call), _target.CalleeAt(call).Name, stream);
        if (leg is not null)
        {
            Aim(stream);
            stream.Sending = speaks;
            await Task.WhenAny(leg.Ended.Task, Task.Delay(hold));
            stream.Sending = false;
            if (leg.Ended.Task.IsCompleted || !await _caller.HangUp(leg)) Interlocked.Increment(ref _failed);
            else Interlocked.Increment(ref _answered);
        }
        else if (status == 503) Interlocked.Increment(ref _refused);
        else Interlocked.Increment(ref _failed);
        Free(stream, _callers);
    }

    RtpStream? TakeCallee()
    {
        if (!_callees.TryDequeue(out var stream)) return null;
        stream.Echoes = true;
        return stream;
    }

    static void Aim(RtpStream stream)
    {
        if (stream.Peer is { } peer) stream.Aim(peer);
    }

    static void Free(RtpStream stream, ConcurrentQueue<RtpStream> to)
    {
        stream.Sending = stream.Echoes = false;
        to.Enqueue(stream);
    }
}
