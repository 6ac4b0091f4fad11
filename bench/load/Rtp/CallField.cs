using TeleCube.Load.Targets;

namespace TeleCube.Load.Rtp;

/// <summary>The audio of N calls: a caller's and a callee's stream each, and the generator that drives them.</summary>
sealed class CallField : IDisposable
{
    readonly List<RtpStream> _streams = [];
    readonly RtpGenerator _generator;
    uint _windows;

    public CallField(Target target, int calls)
    {
        int callerPort = target.MediaPort, calleePort = target.MediaPort;
        for (uint call = 0; call < calls; call++)
        {
            _streams.Add(RtpStream.Open(2 * call + 1, target.Caller.Address, ref callerPort));
            _streams.Add(RtpStream.Open(2 * call + 2, target.Callee.Address, ref calleePort));
        }
        Callers = [.. _streams.Where((_, index) => index % 2 == 0)];
        Callees = [.. _streams.Where((_, index) => index % 2 == 1)];
        _generator = new(_streams);
    }

    public IReadOnlyList<RtpStream> Callers { get; }

    public IReadOnlyList<RtpStream> Callees { get; }

    public long SkippedFrames => _generator.SkippedFrames;

    public void Send(bool on)
    {
        foreach (var stream in _streams) stream.Sending = on;
    }

    public RtpWindow Open()
    {
        var window = new RtpWindow(++_windows);
        _generator.Begin(window);
        return window;
    }

    /// <summary>Ends the window and gives the last packets time to arrive.</summary>
    public Task Close()
    {
        _generator.End();
        return Task.Delay(TimeSpan.FromMilliseconds(300));
    }

    public void Dispose()
    {
        _generator.Dispose();
        foreach (var stream in _streams) stream.Dispose();
    }
}
