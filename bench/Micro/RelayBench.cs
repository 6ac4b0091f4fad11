using System.Net;
using System.Net.Sockets;
using BenchmarkDotNet.Attributes;
using TeleCube.Media;
using TeleCube.Media.Messages;

namespace TeleCube.Bench.Micro;

/// <summary>Bursts of packets through the whole engine and the kernel's UDP stack; the figure is per packet and holds the generator's share too.</summary>
[MemoryDiagnoser]
public class RelayBench : IMediaListener, IDisposable
{
    const int Burst = 32;

    readonly Socket _anna = Bound(), _bob = Bound();
    readonly byte[] _packet = new byte[172], _received = new byte[2048];
    readonly SemaphoreSlim _answered = new(0);
    MediaEvent? _answer;
    MediaEngine? _engine;
    ushort _sequence;

    [Params(Codec.Pcma, Codec.Pcmu)]
    public Codec To { get; set; }

    [GlobalSetup]
    public async Task Start()
    {
        _engine = new(new MediaEngineOptions { Loops = 1 }, this);
        var (a, b) = (new StreamId(1), new StreamId(2));
        await Open(a, 30_000, Codec.Pcma, _anna);
        await Open(b, 30_002, To, _bob);
        _engine.Send(new MediaCommand.Connect(a, b));
        _anna.Connect(IPAddress.Loopback, 30_000);
        (_packet[0], _packet[1], _packet[11]) = (0x80, 8, 9);
    }

    [GlobalCleanup]
    public async Task Stop() => await _engine!.DisposeAsync();

    [Benchmark(OperationsPerInvoke = Burst)]
    public void Relay()
    {
        for (var i = 0; i < Burst; i++)
        {
            (_packet[2], _packet[3]) = ((byte)(++_sequence >> 8), (byte)_sequence);
            _anna.Send(_packet);
        }
        for (var i = 0; i < Burst; i++) _bob.Receive(_received);
    }

    public void Heard(MediaEvent happened)
    {
        if (happened is not (MediaEvent.Opened or MediaEvent.Failed or MediaEvent.Quality)) return;
        _answer = happened;
        _answered.Release();
    }

    public void Dispose()
    {
        _anna.Dispose();
        _bob.Dispose();
        _answered.Dispose();
        GC.SuppressFinalize(this);
    }

    async Task Open(StreamId id, int port, Codec codec, Socket peer)
    {
        var remote = (IPEndPoint)peer.LocalEndPoint!;
        _engine!.Send(new MediaCommand.Open(id, 1, IPAddress.Loopback, port));
        await Answer();
        var format = new StreamFormat(codec, codec == Codec.Pcma ? (byte)8 : (byte)0, 101);
        _engine.Send(new MediaCommand.Configure(id, format, new(remote, remote), MediaDirection.SendReceive, Keying.None.Instance));
        _engine.Send(new MediaCommand.Report(id)); // answered after the configuration
        await Answer();
    }

    async Task Answer()
    {
        await _answered.WaitAsync();
        if (_answer is MediaEvent.Failed failed) throw new InvalidOperationException($"the engine says {failed.Reason}");
    }

    static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
