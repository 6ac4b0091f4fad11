using System.Net;
using System.Net.Sockets;
using TeleCube.Tests.Support;

namespace TeleCube.Scenarios.Tests.Recovery;

/// <summary>The audio of one call of a <see cref="FarmPhone"/>: sends its own tone, and says when it hears another's. A tone is a multiple of 50 Hz, so that every frame is alike.</summary>
sealed class FarmAudio : IAsyncDisposable
{
    const int FrameSamples = 160;
    const int TelephoneEvent = 101;
    const int FramesToBeSure = 3;
    const ushort FramesToRollOver = 25;

    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    readonly byte[] _tone;
    readonly uint _ssrc = (uint)Random.Shared.NextInt64(1, uint.MaxValue);
    readonly Lock _gate = new();
    readonly Queue<byte[]> _keys = [];
    readonly CancellationTokenSource _stop = new();
    readonly TaskCompletionSource _rolledOver = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Task _reader;
    ushort _sequence;
    uint _timestamp;
    (double Hz, int Seen, TaskCompletionSource<DateTimeOffset> Heard)? _listening;
    TaskCompletionSource<byte>? _key;

    public FarmAudio(double hz, FarmSrtp? srtp = null, bool rollsOver = false)
    {
        (Hz, Srtp) = (hz, srtp);
        if (rollsOver) _sequence = ushort.MaxValue - FramesToRollOver;
        _tone = [.. Tones.Sine(hz, FrameSamples).Select(Tones.ToALaw)];
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _reader = Read();
    }

    public double Hz { get; }

    /// <summary>Null where it is sent in clear.</summary>
    public FarmSrtp? Srtp { get; }

    /// <summary>Completes when the sequence numbers have begun anew: half a second after the answer, where it is asked for.</summary>
    public Task RolledOver => _rolledOver.Task;

    /// <summary>Of the stream that was heard last.</summary>
    public uint HeardSsrc { get; private set; }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public IPEndPoint? Target { get; set; }

    /// <summary>Completes, with the time, as soon as this tone is heard in frames that come from now on.</summary>
    public Task<DateTimeOffset> Hear(double hz)
    {
        var heard = new TaskCompletionSource<DateTimeOffset>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate) _listening = (hz, 0, heard);
        return heard.Task;
    }

    /// <summary>The next key that the other side presses (RFC 4733).</summary>
    public Task<byte> HearKey()
    {
        var key = new TaskCompletionSource<byte>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate) _key = key;
        return key.Task;
    }

    /// <summary>A key of 100 ms, sent in place of the tone.</summary>
    public void Press(byte code)
    {
        lock (_gate)
        {
            for (var ms = 20; ms <= 100; ms += 20) _keys.Enqueue([code, 10, (byte)(ms * 8 >> 8), (byte)(ms * 8)]);
            for (var end = 0; end < 3; end++) _keys.Enqueue([code, 0x8A, 100 * 8 >> 8, 100 * 8 & 0xFF]);
            for (var pause = 0; pause < 5; pause++) _keys.Enqueue([]); // before the next: each key has a time of its own
        }
    }

    /// <summary>Sends what is due; called every 20 ms.</summary>
    public void Tick()
    {
        if (Target is not { } target) return;
        byte[]? key;
        lock (_gate) _keys.TryDequeue(out key);
        if (key is []) key = null;
        var frame = new RtpFrame(key is null ? (byte)8 : (byte)TelephoneEvent, false, _sequence++, _timestamp, _ssrc, key ?? _tone, target);
        if (key is null) _timestamp += FrameSamples; // all packets of a key carry the time of its beginning
        try
        {
            _socket.SendTo(Srtp?.Seal(frame.ToBytes()) ?? frame.ToBytes(), target);
            if (_sequence == FramesToBeSure) _rolledOver.TrySetResult();
        }
        catch (SocketException)
        {
            // The exchange is down: that is what is tested.
        }
        catch (ObjectDisposedException)
        {
            // The call is over.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Dispose();
        await _reader;
        Srtp?.Dispose();
        _stop.Dispose();
    }

    async Task Read()
    {
        var buffer = new byte[2048];
        var any = new IPEndPoint(IPAddress.Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var result = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, any, _stop.Token);
                var packet = buffer[..result.ReceivedBytes];
                if ((Srtp is null ? packet : Srtp.Open(packet)) is { } clear && RtpFrame.Parse(clear, any) is { } frame) Took(frame);
            }
            catch (SocketException problem) when (problem.SocketErrorCode == SocketError.ConnectionRefused)
            {
                // The exchange is down.
            }
            catch (Exception problem) when (problem is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    void Took(RtpFrame frame)
    {
        lock (_gate)
        {
            HeardSsrc = frame.Ssrc;
            if (frame.PayloadType == TelephoneEvent && frame.Payload is [var code, ..]) _key?.TrySetResult(code);
            if (_listening is not { } listening || frame.Payload.Length != FrameSamples) return;
            var seen = Tones.Hears(frame.Pcm, listening.Hz, -20) ? listening.Seen + 1 : 0;
            _listening = seen < FramesToBeSure ? listening with { Seen = seen } : null;
            if (seen >= FramesToBeSure) listening.Heard.TrySetResult(DateTimeOffset.UtcNow);
        }
    }
}
