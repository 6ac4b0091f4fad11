using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using TeleCube.Media.Messages;
using TeleCube.Media.Rtcp;
using TeleCube.Media.Sockets;

namespace TeleCube.Media.Streams;

/// <summary>One epoll loop on its own thread: it owns its streams and their memory; others reach it by its queues only.</summary>
/// <remarks>
/// A stream moves to another loop in three steps, so that no command overtakes it: the engine queues <c>Expect</c> at the new loop, which
/// from there on reads no further command; the old loop meets <c>Detach</c>, lets go and puts the stream into the new one's arrivals; the new
/// one goes on. The engine queues both under one lock, so moves are totally ordered and two loops never wait for each other.
/// </remarks>
sealed unsafe partial class MediaLoop : IDisposable
{
    public const int MaxPacketBytes = 2048;
    const int SweepMs = 100, HeadroomBytes = 128; // for the SRTP tag behind the longest packet

    readonly ConcurrentQueue<object> _inbox = new();
    readonly ConcurrentQueue<Arrival> _arrivals = new();
    readonly Dictionary<StreamId, MediaStream> _byId = [];
    readonly List<MediaStream?> _slots = [];
    readonly Stack<int> _freeSlots = new();
    readonly Pacer _pacer = new();
    readonly Poller _poller = new();
    readonly byte* _slab = (byte*)NativeMemory.AllocZeroed(2 * (MaxPacketBytes + HeadroomBytes));
    readonly MediaEngineOptions _options;
    readonly ILoopOwner _owner;
    readonly Thread _thread;
    readonly Dictionary<StreamId, MediaStream?> _waiting = []; // arrived, not yet expected
    StreamId? _expected;
    long _nextSweepMs, _armedMs;
    volatile bool _stopping;

    public MediaLoop(int number, MediaEngineOptions options, ILoopOwner owner, NtpClock clock)
    {
        (_options, _owner, Clock) = (options, owner, clock);
        _thread = new Thread(() => Run()) { Name = $"media-{number}", IsBackground = true, Priority = ThreadPriority.AboveNormal };
    }

    public NtpClock Clock { get; }

    /// <summary>Counted by this thread only, read by others as they are.</summary>
    public LoopTally Tally { get; } = new();

    /// <summary>Where a packet of our own is built; the receive buffer lies before it.</summary>
    public byte* Scratch => _slab + MaxPacketBytes + HeadroomBytes;

    /// <summary>Managed bytes that this thread has allocated up to its last turn, for the test that packets allocate none.</summary>
    public long AllocatedBytes { get; private set; }

    public static long NowNs => Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency);

    public void Start() => _thread.Start();

    public void Post(object message)
    {
        _inbox.Enqueue(message);
        _poller.Wake();
    }

    public void Emit(MediaEvent happened) => _owner.Heard(happened);

    public void Pace(MediaStream stream) => _pacer.Start(stream, NowNs / 1_000_000);

    public void Fail(MediaStream stream, string reason)
    {
        Release(stream);
        Emit(new MediaEvent.Failed(stream.Id, reason));
    }

    /// <summary>Ends the thread and its streams. Memory and descriptors stay until every loop has ended: another one may still hand over a stream.</summary>
    public void Stop()
    {
        _stopping = true;
        _poller.Wake();
        if (_thread.IsAlive) _thread.Join();
    }

    public void Dispose()
    {
        Admit();
        foreach (var stream in _waiting.Values)
            if (stream is not null) TryAttach(stream);
        foreach (var stream in _byId.Values.ToArray()) Release(stream);
        _poller.Dispose();
        NativeMemory.Free(_slab);
    }

    void Run()
    {
        while (!_stopping)
        {
            var ready = _poller.Wait();
            for (var i = 0; i < ready; i++) Serve(_poller.Key(i));
            var nowNs = NowNs;
            if (!_pacer.IsIdle) Tally.SkippedTicks += _pacer.Run(nowNs / 1_000_000, _options.MaxCatchUpTicks, nowNs);
            if (nowNs / 1_000_000 >= _nextSweepMs) Sweep(nowNs);
            if (_byId.Count > 0) ArmTimer();
            AllocatedBytes = GC.GetAllocatedBytesForCurrentThread();
        }
        foreach (var stream in _byId.Values.ToArray()) Release(stream);
    }

    void Serve(ulong key)
    {
        switch (key)
        {
            case Poller.WakeKey:
                _poller.Woken();
                RunCommands();
                break;
            case Poller.TimerKey:
                _poller.TimerFired();
                break;
            default:
                // A stream that was closed earlier in this turn left an empty slot; a new one there has nothing to read, which is harmless.
                if (_slots[(int)(key >> 1)] is { } stream) Serve(stream, isRtcp: (key & 1) != 0);
                break;
        }
    }

    void Serve(MediaStream stream, bool isRtcp)
    {
        try
        {
            if (isRtcp) stream.ReadRtcp(_slab, NowNs);
            else stream.ReadRtp(_slab, NowNs);
        }
        catch (Exception e)
        {
            Broken(stream, e);
        }
    }

    void ArmTimer()
    {
        var due = _pacer.IsIdle ? _nextSweepMs : Math.Min(_nextSweepMs, _pacer.NextDueMs);
        if (due == _armedMs) return;
        _armedMs = due;
        _poller.ArmTimer(due * 1_000_000);
    }

    void Sweep(long nowNs)
    {
        _nextSweepMs = nowNs / 1_000_000 + SweepMs;
        for (var i = 0; i < _slots.Count; i++)
        {
            if (_slots[i] is not { } stream) continue;
            try
            {
                stream.Sweep(nowNs);
            }
            catch (Exception e)
            {
                Broken(stream, e);
            }
        }
    }

    /// <summary>A bug costs the one stream in which it showed.</summary>
    public void Broken(MediaStream stream, Exception bug)
    {
        Tally.Faults++;
        if (_byId.ContainsKey(stream.Id)) Fail(stream, $"internal-error: {bug.GetType().Name}: {bug.Message}");
    }

    void TryAttach(MediaStream stream)
    {
        try
        {
            Attach(stream);
        }
        catch (Exception e)
        {
            Broken(stream, e);
        }
    }

    void Attach(MediaStream stream)
    {
        if (!_freeSlots.TryPop(out var slot))
        {
            slot = _slots.Count;
            _slots.Add(null);
        }
        (_slots[slot], stream.Slot, stream.Loop) = (stream, slot, this);
        _byId.Add(stream.Id, stream);
        Tally.Streams = _byId.Count;
        _poller.Add(stream.RtpSocket.Fd, (ulong)slot << 1);
        _poller.Add(stream.RtcpSocket.Fd, (ulong)slot << 1 | 1);
        if (stream.IsPaced) Pace(stream);
    }

    void Detach(MediaStream stream)
    {
        stream.Disconnect();
        _pacer.Stop(stream);
        _poller.Remove(stream.RtpSocket.Fd);
        _poller.Remove(stream.RtcpSocket.Fd);
        _byId.Remove(stream.Id);
        _slots[stream.Slot] = null;
        _freeSlots.Push(stream.Slot);
        Tally.Streams = _byId.Count;
    }

    void Release(MediaStream stream)
    {
        stream.End();
        Detach(stream);
        stream.RtpSocket.Close();
        stream.RtcpSocket.Close();
        _owner.Gone(stream.Id);
    }
}
