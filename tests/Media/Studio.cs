using System.Net;
using TeleCube.Media.Messages;
using TeleCube.Tests.Support;

namespace TeleCube.Media.Tests;

/// <summary>An engine with peers on loopback; each line is a stream and the phone behind it.</summary>
sealed class Studio : IAsyncDisposable
{
    // Every test process and test takes other ports of the range.
    static readonly MediaPortPool Ports = new(new(20000 + Environment.ProcessId % 40 * 300, 32766), TimeProvider.System);
    static long _ids;

    readonly List<RtpPeer> _peers = [];
    readonly List<int> _ports = [];
    readonly List<IDisposable> _kept = [];

    public Studio(MediaEngineOptions? options = null) => Engine = new(options ?? new MediaEngineOptions(), Events);

    public EventLog Events { get; } = new();
    public MediaEngine Engine { get; }

    public static readonly StreamFormat ALaw = new(Codec.Pcma, 8, 101);
    public static readonly StreamFormat MuLaw = new(Codec.Pcmu, 0, 101);

    public static long NextId() => Interlocked.Increment(ref _ids);

    public int TakePort()
    {
        var port = Ports.Take() ?? throw new InvalidOperationException("no port left");
        _ports.Add(port);
        return port;
    }

    /// <summary>Opens and configures a stream to a new peer.</summary>
    public async Task<Line> Open(
        StreamFormat? format = null, MediaDirection direction = MediaDirection.SendReceive, IPAddress? bind = null, long? group = null,
        Keying? keying = null, IPEndPoint? announce = null, bool latch = true, bool answered = true)
    {
        var address = bind ?? IPAddress.Loopback;
        var line = new Line(this, new StreamId(NextId()), new IPEndPoint(address, TakePort()), NewPeer(address))
        {
            Format = format ?? ALaw,
            Direction = direction,
            Keying = keying ?? Keying.None.Instance,
            Latch = latch,
            Signalling = address,
            Answered = answered,
        };
        line.Peer.PayloadType = line.Format.PayloadType;
        line.Peer.Target = line.Local;
        line.Announced = announce ?? line.Peer.Address;
        Engine.Send(new MediaCommand.Open(line.Id, group ?? 1, address, line.Local.Port));
        await Events.Next<MediaEvent.Opened>(e => e.Stream == line.Id);
        line.Configure();
        return line;
    }

    public RtpPeer NewPeer(IPAddress? bind = null)
    {
        var peer = new RtpPeer(bind);
        _peers.Add(peer);
        return peer;
    }

    /// <summary>Disposed after the peers, which may still be using it.</summary>
    public T Keep<T>(T kept) where T : IDisposable
    {
        _kept.Add(kept);
        return kept;
    }

    public void Connect(Line a, Line b) => Engine.Send(new MediaCommand.Connect(a.Id, b.Id));

    public async Task<StreamQuality> Quality(Line line)
    {
        Engine.Send(new MediaCommand.Report(line.Id));
        return (await Events.Next<MediaEvent.Quality>(e => e.Stream == line.Id)).Figures;
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        foreach (var peer in _peers) await peer.DisposeAsync();
        foreach (var kept in _kept) kept.Dispose();
        foreach (var port in _ports) Ports.Release(port);
    }
}

/// <summary>One stream of the engine and the peer that it talks to.</summary>
sealed record Line(Studio Studio, StreamId Id, IPEndPoint Local, RtpPeer Peer)
{
    public StreamFormat Format { get; set; } = Studio.ALaw;
    public MediaDirection Direction { get; set; }
    public Keying Keying { get; set; } = Keying.None.Instance;
    public IPEndPoint? Announced { get; set; }
    public bool Latch { get; set; } = true;
    public IPAddress? Signalling { get; set; }
    public bool Answered { get; set; } = true;

    public void Configure()
    {
        var remote = Announced is { } rtp
            ? new RemoteMedia(rtp, new(rtp.Address, Math.Min(rtp.Port + 1, 65535)), Latch: Latch) { Signalling = Signalling, Answered = Answered }
            : null;
        Studio.Engine.Send(new MediaCommand.Configure(Id, Format, remote, Direction, Keying));
    }
}
