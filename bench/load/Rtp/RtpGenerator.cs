using System.Diagnostics;

namespace TeleCube.Load.Rtp;

/// <summary>
/// Sends and receives for all streams on one thread: a frame every 20 ms each, their moments spread evenly over the 20 ms.
/// At its moment a stream is drained and then sends, so a packet costs two system calls and nothing is woken for it.
/// </summary>
sealed class RtpGenerator : IDisposable
{
    const long FrameNs = 20_000_000;
    const long ShortestNapNs = 100_000; // below this, waking costs more than it spreads
    const long GivenUpNs = 5 * FrameNs;

    readonly IReadOnlyList<RtpStream> _streams;
    readonly Thread _thread;
    volatile RtpWindow _window = new(0);
    volatile bool _counting;
    volatile bool _stopped;

    public RtpGenerator(IReadOnlyList<RtpStream> streams)
    {
        _streams = streams;
        _thread = new(Run) { Name = "rtp generator", IsBackground = true, Priority = ThreadPriority.Highest };
        _thread.Start();
    }

    /// <summary>Frames that were left out because the machine kept the generator from running.</summary>
    public long SkippedFrames { get; private set; }

    public static long WallNs() => (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) * 100;

    /// <summary>From now on sent packets count, as part of this window.</summary>
    public void Begin(RtpWindow window)
    {
        _window = window;
        _counting = true;
    }

    /// <summary>Sending goes on, but no longer counts; what is still on its way does.</summary>
    public void End() => _counting = false;

    public void Dispose()
    {
        _stopped = true;
        _thread.Join();
    }

    void Run()
    {
        _ = Native.ProcessControl(Native.SetTimerSlack, 1, 0, 0, 0);
        using var receiver = new RtpReceiver();
        for (var frame = Stopwatch.GetTimestamp(); !_stopped; frame += FrameNs)
        {
            while (Stopwatch.GetTimestamp() - frame > GivenUpNs)
            {
                frame += FrameNs;
                SkippedFrames++;
            }
            for (var i = 0; i < _streams.Count && !_stopped; i++) Turn(_streams[i], frame + i * FrameNs / _streams.Count, receiver);
            Await(frame + FrameNs);
        }
    }

    void Turn(RtpStream stream, long due, RtpReceiver receiver)
    {
        var now = Await(due);
        var window = _window;
        receiver.Drain(stream, window);
        if (!stream.Sending) return;
        var counted = _counting;
        if (counted)
        {
            window.Sent++;
            window.Lateness.Add(now - due);
        }
        stream.Send(counted ? window.Number : 0, WallNs());
    }

    /// <summary>The clock, after a nap when the moment has not come. `Stopwatch` counts CLOCK_MONOTONIC's nanoseconds on Linux.</summary>
    static unsafe long Await(long due)
    {
        var now = Stopwatch.GetTimestamp();
        if (now >= due) return now;
        var until = Math.Max(due, now + ShortestNapNs);
        var time = new Native.TimeSpec { Seconds = until / 1_000_000_000, Nanoseconds = until % 1_000_000_000 };
        _ = Native.Sleep(Native.Monotonic, Native.AbsoluteTime, &time, null);
        return Stopwatch.GetTimestamp();
    }
}
