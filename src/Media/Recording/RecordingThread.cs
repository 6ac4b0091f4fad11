using System.Collections.Concurrent;
using TeleCube.Media.Messages;
using TeleCube.Media.Streams;

namespace TeleCube.Media.Recording;

/// <summary>The one thread that writes recordings: it polls the rings, so no loop ever waits for it or for a disk.</summary>
sealed class RecordingThread : IDisposable
{
    const int PollMs = 100;

    readonly ConcurrentQueue<Recording> _started = new();
    readonly List<Recording> _running = [];
    readonly AutoResetEvent _wake = new(false);
    readonly Action<MediaEvent> _tell;
    readonly Thread _thread;
    volatile bool _stopping;

    public RecordingThread(Action<MediaEvent> tell)
    {
        _tell = tell;
        _thread = new Thread(() => Run()) { Name = "media-recording", IsBackground = true };
        _thread.Start();
    }

    public void Start(Recording recording)
    {
        _started.Enqueue(recording);
        _wake.Set();
    }

    /// <summary>Looks at once instead of at the next poll: a recording was stopped.</summary>
    public void Wake() => _wake.Set();

    /// <summary>Ends every recording and waits until its file is whole.</summary>
    public void Dispose()
    {
        _stopping = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
    }

    void Run()
    {
        while (!_stopping)
        {
            _wake.WaitOne(_running.Count == 0 ? Timeout.Infinite : PollMs);
            Pump();
        }
        foreach (var recording in _running) recording.Stop(MediaLoop.NowNs);
        Pump();
    }

    void Pump()
    {
        while (_started.TryDequeue(out var recording)) _running.Add(recording);
        for (var i = _running.Count - 1; i >= 0; i--)
        {
            if (_running[i].Pump(MediaLoop.NowNs) is not { } ended) continue;
            _running.RemoveAt(i);
            _tell(ended);
        }
    }
}
