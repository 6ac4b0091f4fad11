using TeleCube.Media.Messages;
using TeleCube.Media.Players;
using TeleCube.Media.Recording;
using TeleCube.Media.Rtcp;
using TeleCube.Media.Streams;

namespace TeleCube.Media;

/// <summary>The media engine: it keeps which loop owns which stream and passes commands on; the loops do the work.</summary>
public sealed class MediaEngine : IMediaEngine, ILoopOwner, IAsyncDisposable
{
    readonly Lock _gate = new(); // commands only; no packet ever takes it
    readonly Dictionary<StreamId, Home> _homes = [];
    readonly Dictionary<long, Home> _groups = [];
    readonly MediaLoop[] _loops;
    readonly int[] _load;
    readonly AudioLibrary _library;
    readonly RecordingThread _recorder;
    readonly IMediaListener _listener;
    readonly RecordingFormat _recordingFormat;
    readonly int _fillLoop;
    long _listenerFaults;
    bool _disposed;

    public MediaEngine(MediaEngineOptions options, IMediaListener listener, TimeProvider? time = null)
    {
        (_listener, _recordingFormat, _fillLoop) = (listener, options.RecordingFormat, options.FillLoop);
        _recorder = new(Tell);
        _library = new(options.AudioCacheBytes, options.MaxClipBytes);
        var count = options.Loops > 0 ? options.Loops : Environment.ProcessorCount;
        var clock = new NtpClock((time ?? TimeProvider.System).GetUtcNow(), MediaLoop.NowNs);
        _loops = [.. Enumerable.Range(0, count).Select(n => new MediaLoop(n, options, this, clock))];
        _load = new int[count];
        foreach (var loop in _loops) loop.Start();
    }

    public MediaCounters Counters =>
        _loops.Aggregate(new MediaCounters { Faults = Interlocked.Read(ref _listenerFaults) }, (sum, loop) => sum + loop.Tally.Read());

    internal IReadOnlyList<MediaLoop> Loops => _loops;

    public void Send(MediaCommand command)
    {
        MediaEvent? answer;
        lock (_gate) answer = _disposed ? null : Route(command);
        if (answer is not null) Tell(answer);
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
        }
        foreach (var loop in _loops) loop.Stop();
        foreach (var loop in _loops) loop.Dispose();
        _recorder.Dispose();
        await _library.DisposeAsync().ConfigureAwait(false);
    }

    void ILoopOwner.Heard(MediaEvent happened) => Tell(happened);

    void ILoopOwner.Gone(StreamId stream)
    {
        lock (_gate)
        {
            if (!_homes.Remove(stream, out var home)) return;
            _load[home.Loop]--;
            StopRecording(home);
            if (_groups.TryGetValue(home.Group, out var group) && --group.Streams == 0) _groups.Remove(home.Group);
        }
    }

    // A listener's bug must not stop the audio.
    void Tell(MediaEvent happened)
    {
        try
        {
            _listener.Heard(happened);
        }
        catch (Exception)
        {
            Interlocked.Increment(ref _listenerFaults);
        }
    }

    // Returns what can be answered at once: a stream that isn't there.
    MediaEvent? Route(MediaCommand command)
    {
        switch (command)
        {
            case MediaCommand.Open open:
                return Open(open);
            case MediaCommand.Connect(var a, var b):
                if (_homes.ContainsKey(a) && _homes.ContainsKey(b)) Connect(a, b);
                return null;
            case MediaCommand.Play play:
                if (!Post(play.Stream, play)) return new MediaEvent.PlayEnded(play.Stream, play.Id, false, "no-such-stream");
                _library.Prepare(play.Source, (list, fault) => Loaded(new(play.Stream, play.Id, list, fault)));
                return null;
            case MediaCommand.StartRecording start:
                return StartRecording(start);
            case MediaCommand.StopRecording(var id):
                if (_homes.TryGetValue(id, out var recorded)) StopRecording(recorded);
                return null;
            case MediaCommand.Close(var id):
                return Post(id, command) ? null : new MediaEvent.Closed(id, StreamQuality.None);
            default:
                Post(MediaLoop.StreamOf(command), command);
                return null;
        }
    }

    MediaEvent.Failed? Open(MediaCommand.Open open)
    {
        if (_homes.ContainsKey(open.Stream)) return new(open.Stream, "already-open");
        if (!_groups.TryGetValue(open.Group, out var group))
            _groups[open.Group] = group = new() { Group = open.Group, Loop = LoopForNew() };
        group.Streams++;
        _load[group.Loop]++;
        _homes[open.Stream] = new() { Group = open.Group, Loop = group.Loop };
        _loops[group.Loop].Post(open);
        return null;
    }

    int LoopForNew()
    {
        var first = Array.FindIndex(_load, streams => streams < _fillLoop);
        return first >= 0 ? first : Array.IndexOf(_load, _load.Min());
    }

    void Connect(StreamId a, StreamId b)
    {
        var (first, second) = (_homes[a], _homes[b]);
        if (first.Loop != second.Loop) Move(b, second, first.Loop);
        _loops[first.Loop].Post(new MediaCommand.Connect(a, b));
    }

    void Move(StreamId stream, Home home, int to)
    {
        var from = home.Loop;
        _load[from]--;
        _load[to]++;
        home.Loop = to;
        _loops[to].Post(new LoopMessage.Expect(stream));
        _loops[from].Post(new LoopMessage.Detach(stream, _loops[to]));
    }

    MediaEvent.RecordingEnded? StartRecording(MediaCommand.StartRecording start)
    {
        if (!_homes.TryGetValue(start.A, out var home)) return new(start.A, start.Path, TimeSpan.Zero, "no-such-stream");
        if (home.Recording is { IsStopped: false }) return new(start.A, start.Path, TimeSpan.Zero, "already-recording");
        home.Recording = new(start.A, start.Path, start.B is null ? 1 : 2, _recordingFormat, MediaLoop.NowNs);
        Post(start.A, new LoopMessage.Tap(start.A, home.Recording.Channels[0]));
        if (start.B is { } b) Post(b, new LoopMessage.Tap(b, home.Recording.Channels[1]));
        _recorder.Start(home.Recording);
        return null;
    }

    void StopRecording(Home home)
    {
        if (home.Recording is null) return;
        home.Recording.Stop(MediaLoop.NowNs);
        home.Recording = null;
        _recorder.Wake();
    }

    void Loaded(LoopMessage.PlayLoaded loaded)
    {
        lock (_gate) Post(loaded.Stream, loaded);
    }

    bool Post(StreamId stream, object message)
    {
        if (!_homes.TryGetValue(stream, out var home)) return false;
        _loops[home.Loop].Post(message);
        return true;
    }

    sealed class Home
    {
        public long Group;
        public int Loop;
        public int Streams;
        public Recording.Recording? Recording;
    }
}
