using System.Net;
using System.Net.Sockets;

namespace TeleCube.Tests.Support;

/// <summary>A phone's media side: sends a sine from its own port and keeps what it hears. RTP is written here anew, as the product's oracle.</summary>
public sealed class RtpPeer : IAsyncDisposable
{
    static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan Guard = TimeSpan.FromSeconds(10);

    readonly Socket _socket;
    readonly List<RtpFrame> _received = [];
    readonly CancellationTokenSource _stop = new();
    readonly Task _reader;
    TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    CancellationTokenSource? _talking;
    Task _talker = Task.CompletedTask;
    int _phase;

    public RtpPeer(IPAddress? bind = null)
    {
        var address = bind ?? IPAddress.Loopback;
        _socket = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.Bind(new IPEndPoint(address, 0));
        Ssrc = (uint)Random.Shared.NextInt64(1, uint.MaxValue);
        Sequence = (ushort)Random.Shared.Next(0x8000);
        Timestamp = (uint)Random.Shared.NextInt64(uint.MaxValue);
        _reader = Read();
    }

    public IPEndPoint Address => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Where it sends to.</summary>
    public IPEndPoint? Target { get; set; }

    public uint Ssrc { get; set; }
    public ushort Sequence { get; set; }
    public uint Timestamp { get; set; }

    /// <summary>8 = PCMA, 0 = PCMU.</summary>
    public byte PayloadType { get; set; } = 8;

    /// <summary>SRTP or anything else between RTP and the wire; Open returns null for what it refuses.</summary>
    public Func<byte[], byte[]>? Seal { get; set; }

    public Func<byte[], byte[]?>? Open { get; set; }

    public IReadOnlyList<RtpFrame> Received { get { lock (_received) return [.. _received]; } }

    /// <summary>Everything it heard as one signal, in order of arrival.</summary>
    public short[] Heard => [.. Received.SelectMany(frame => frame.Pcm)];

    public void Forget() { lock (_received) _received.Clear(); }

    /// <summary>Sends a sine in real time until <see cref="Hush"/>.</summary>
    public void Talk(double hz)
    {
        _talking = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        _talker = Pace(hz, _talking.Token);
    }

    public async Task Hush()
    {
        if (_talking is { } talking) await talking.CancelAsync();
        await _talker;
    }

    /// <summary>Sends so many frames of a sine at once.</summary>
    public void Burst(double hz, int frames)
    {
        for (var i = 0; i < frames; i++) SendFrame(hz);
    }

    public void SendFrame(double hz)
    {
        var pcm = Tones.Sine(hz, 160, from: _phase);
        _phase += 160;
        Send(new(PayloadType, false, Sequence, Timestamp, Ssrc,
            [.. pcm.Select(sample => PayloadType == 8 ? Tones.ToALaw(sample) : Tones.ToMuLaw(sample))], Address));
        Step(160);
    }

    /// <summary>Sends this audio at once, in frames of 20 ms.</summary>
    public void Say(IEnumerable<short> pcm)
    {
        foreach (var frame in pcm.Chunk(160))
        {
            Send(new(PayloadType, false, Sequence, Timestamp, Ssrc, [.. frame.Select(sample => PayloadType == 8 ? Tones.ToALaw(sample) : Tones.ToMuLaw(sample))], Address));
            Step(160);
        }
    }

    /// <summary>A key as its two tones (ITU-T Q.23), and the silence after it.</summary>
    public void PressTones(double lowHz, double highHz) =>
        Say([.. Tones.Sine(lowHz, 800).Zip(Tones.Sine(highHz, 800), (low, high) => (short)(low + high)), .. new short[800]]);

    /// <summary>A whole RFC 4733 key press: packets every 20 ms of media time, three end packets; sent at once.</summary>
    public void Press(byte code, byte payloadType, int durationMs = 100)
    {
        var start = Timestamp;
        for (var ms = 20; ms <= durationMs; ms += 20) SendEvent(code, payloadType, start, ms, end: false, marker: ms == 20);
        for (var i = 0; i < 3; i++) SendEvent(code, payloadType, start, durationMs, end: true, marker: false);
        Timestamp = start + (uint)durationMs * 8;
    }

    public void SendEvent(byte code, byte payloadType, uint timestamp, int durationMs, bool end, bool marker)
    {
        var units = durationMs * 8;
        Send(new(payloadType, marker, Sequence, timestamp, Ssrc, [code, (byte)(end ? 0x8A : 0x0A), (byte)(units >> 8), (byte)units], Address));
        Sequence++;
    }

    public void Send(RtpFrame frame) => SendRaw(Seal is { } seal ? seal(frame.ToBytes()) : frame.ToBytes());

    public void SendRaw(byte[] bytes) => _socket.SendTo(bytes, Target ?? throw new InvalidOperationException("no Target"));

    /// <summary>Passes over media time without sending.</summary>
    public void Step(int samples, int packets = 1)
    {
        Sequence += (ushort)packets;
        Timestamp += (uint)samples;
    }

    /// <summary>Waits until so many frames have been received since the last <see cref="Forget"/>.</summary>
    public Task<IReadOnlyList<RtpFrame>> Receive(int count) => Until(frames => frames.Count >= count);

    public async Task<IReadOnlyList<RtpFrame>> Until(Func<IReadOnlyList<RtpFrame>, bool> enough, TimeSpan? within = null)
    {
        var patience = within ?? Guard;
        using var guard = new CancellationTokenSource(patience);
        while (true)
        {
            Task next;
            lock (_received)
            {
                if (enough(_received)) return [.. _received];
                next = _arrived.Task;
            }
            try
            {
                await next.WaitAsync(guard.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{Address} received {Received.Count} frames in {patience.TotalSeconds} s, that was not enough");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Dispose();
        await _talker;
        await _reader;
        _stop.Dispose();
        _talking?.Dispose();
    }

    async Task Pace(double hz, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Frame);
        try
        {
            do SendFrame(hz);
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Hushed, or the test is over.
        }
    }

    async Task Read()
    {
        var buffer = new byte[2048];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var any = new IPEndPoint(Address.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
                var result = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, any, _stop.Token);
                Keep(buffer[..result.ReceivedBytes], (IPEndPoint)result.RemoteEndPoint);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
            {
                // The engine's port was closed: not this peer's affair.
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    void Keep(byte[] bytes, IPEndPoint from)
    {
        var opened = Open is { } open ? open(bytes) : bytes;
        if (opened is null || RtpFrame.Parse(opened, from) is not { } frame) return;
        lock (_received)
        {
            _received.Add(frame);
            _arrived.TrySetResult();
            _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
