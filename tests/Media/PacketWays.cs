using System.Net;
using System.Net.Sockets;
using TeleCube.Media.Messages;
using TeleCube.Media.Rtcp;
using TeleCube.Media.Srtp;
using TeleCube.Tests.Support;

namespace TeleCube.Media.Tests;

/// <summary>Every way that a packet can take through a loop: what is set up for it, and a round of traffic that is over when all of it has arrived.</summary>
sealed class PacketWays : IDisposable
{
    const string Suite = "AES_CM_128_HMAC_SHA1_80";
    const byte Star = 10, Five = 5, EventType = 101;
    const int Packets = 50, PressMs = 2000, PressPackets = PressMs / 20 + 3;

    static readonly StreamFormat _noEvents = new(Codec.Pcma, 8, null);
    static readonly IPEndPoint _inside = new(IPAddress.Parse("192.168.1.20"), 40_000);

    static readonly Dictionary<string, Func<PacketWays, Studio, Task<Way>>> _all = new()
    {
        ["relayed"] = (_, studio) => Relayed(studio),
        ["relayed from A-law to µ-law"] = (_, studio) => Relayed(studio, to: Studio.MuLaw),
        ["relayed from µ-law to A-law"] = (_, studio) => Relayed(studio, from: Studio.MuLaw),
        ["relayed from behind NAT"] = (_, studio) => Relayed(studio, announce: _inside),
        ["relayed over IPv6"] = (_, studio) => Relayed(studio, bind: IPAddress.IPv6Loopback),
        ["relayed by SRTP"] = (_, studio) => Secured(studio),
        ["a stranger's"] = (_, studio) => Strange(studio),
        ["recorded"] = (ways, studio) => Recorded(studio, Path.Combine(ways._folder, "call.wav")),
        ["listened to for keys"] = (_, studio) => Relayed(studio, from: _noEvents),
        ["listened to for silence"] = (_, studio) => Relayed(studio, silentAfter: TimeSpan.FromHours(1)),
        ["a telephone-event relayed"] = (_, studio) => Pressed(studio, Studio.ALaw, PressPackets),
        ["a telephone-event made a tone"] = (_, studio) => Pressed(studio, _noEvents, 10),
        ["a telephone-event held"] = (_, studio) => Held(studio),
        ["a digit of ours as telephone-event"] = (_, studio) => Digits(studio, Studio.ALaw),
        ["a digit of ours as tone"] = (_, studio) => Digits(studio, _noEvents),
        ["a tone"] = (_, studio) => Played(studio, Studio.ALaw, new PlaySource.Sine(1000)),
        ["a file, over and over"] = (ways, studio) => Played(studio, Studio.ALaw, ways.File()),
        ["a file, in µ-law"] = (ways, studio) => Played(studio, Studio.MuLaw, ways.File()),
        ["RTCP"] = (_, studio) => Reported(studio, secure: false),
        ["SRTCP"] = (_, studio) => Reported(studio, secure: true),
    };

    readonly string _folder = Directory.CreateTempSubdirectory("media-").FullName;

    public static IEnumerable<string> Names => _all.Keys;

    public Task<Way> Open(string name, Studio studio) => _all[name](this, studio);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static async Task<Way> Relayed(
        Studio studio, StreamFormat? from = null, StreamFormat? to = null, IPEndPoint? announce = null, IPAddress? bind = null, TimeSpan? silentAfter = null)
    {
        var (anna, bob) = await Connected(studio, from ?? Studio.ALaw, to ?? Studio.ALaw, announce, bind);
        if (silentAfter is { } span) studio.Engine.Send(new MediaCommand.Watch(anna.Id, null, span));
        return new(() => RelayTests.Relayed(anna, bob, Packets));
    }

    static async Task<Way> Secured(Studio studio)
    {
        var anna = await studio.Open(keying: new Keying.Sdes(Suite, SecureRelayTests.Key(1), SecureRelayTests.Key(2)));
        var bob = await studio.Open(keying: new Keying.Sdes(Suite, SecureRelayTests.Key(3), SecureRelayTests.Key(4)));
        var sealing = studio.Keep(SrtpContext.TryCreate(Suite, SecureRelayTests.Key(2))!);
        var opening = studio.Keep(SrtpContext.TryCreate(Suite, SecureRelayTests.Key(3))!);
        anna.Peer.Seal = bytes => SecureRelayTests.Seal(sealing, bytes);
        bob.Peer.Open = bytes => SecureRelayTests.Open(opening, bytes);
        studio.Connect(anna, bob);
        return new(() => RelayTests.Relayed(anna, bob, Packets));
    }

    static async Task<Way> Strange(Studio studio)
    {
        var anna = await studio.Open();
        var stranger = studio.NewPeer(IPAddress.Parse("127.0.0.66"));
        stranger.Target = anna.Local;
        return new(async () =>
        {
            var before = studio.Engine.Counters.Strangers;
            stranger.Burst(1900, Packets);
            await RelayTests.Until(() => Task.FromResult(studio.Engine.Counters.Strangers == before + Packets));
        });
    }

    static async Task<Way> Recorded(Studio studio, string path)
    {
        var (anna, bob) = await Connected(studio, Studio.ALaw, Studio.ALaw);
        studio.Engine.Send(new MediaCommand.StartRecording(anna.Id, bob.Id, path));
        return new(() => RelayTests.Relayed(anna, bob, Packets));
    }

    static async Task<Way> Pressed(Studio studio, StreamFormat to, int heard)
    {
        var (anna, bob) = await Connected(studio, Studio.ALaw, to);
        await RelayTests.Ready(studio, anna, bob);
        return new(async () =>
        {
            bob.Peer.Forget();
            await Press(studio, anna, Five);
            await bob.Peer.Receive(heard);
        }, Told: 1);
    }

    static async Task<Way> Held(Studio studio)
    {
        var (anna, _) = await Connected(studio, Studio.ALaw, Studio.ALaw);
        studio.Engine.Send(new MediaCommand.HoldKeys(anna.Id, On: true));
        return new(() => Press(studio, anna, Star), Told: 1);
    }

    static async Task<Way> Digits(Studio studio, StreamFormat to)
    {
        var bob = await studio.Open(to);
        studio.Engine.Send(new MediaCommand.SendDtmf(bob.Id, new('5', 600))); // two minutes of them
        return Heard(bob);
    }

    static async Task<Way> Played(Studio studio, StreamFormat to, PlaySource source)
    {
        var bob = await studio.Open(to);
        studio.Engine.Send(new MediaCommand.Play(bob.Id, new PlayId(Studio.NextId()), source));
        return Heard(bob);
    }

    static async Task<Way> Reported(Studio studio, bool secure)
    {
        var rtcp = studio.Keep(new UdpClient(new IPEndPoint(IPAddress.Loopback, 0)));
        var keying = secure ? new Keying.Sdes(Suite, SecureRelayTests.Key(1), SecureRelayTests.Key(2)) : (Keying)Keying.None.Instance;
        var line = await studio.Open(keying: keying);
        var remote = new RemoteMedia(line.Peer.Address, (IPEndPoint)rtcp.Client.LocalEndPoint!);
        studio.Engine.Send(new MediaCommand.Configure(line.Id, line.Format, remote, MediaDirection.SendReceive, keying));
        studio.Engine.Send(new MediaCommand.Play(line.Id, new PlayId(Studio.NextId()), new PlaySource.Sine(900)));
        var sealing = studio.Keep(SrtpContext.TryCreate(Suite, SecureRelayTests.Key(2))!);
        var report = new byte[256];
        return new(async () =>
        {
            for (var i = 0; i < Packets; i++)
            {
                var length = RtcpWriter.WriteReport(report, 5, new SenderInfo(5, 1, 2, 3, 4), new ReportBlock(6, 0, 0, 0, 0, 0, 0), "peer"u8);
                if (secure) length = sealing.ProtectRtcp(report, length);
                await rtcp.SendAsync(report.AsMemory(0, length), new IPEndPoint(line.Local.Address, line.Local.Port + 1));
            }

            while (rtcp.Available > 0) await rtcp.ReceiveAsync();
            using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            for (var reports = 0; reports < 3; reports++) await rtcp.ReceiveAsync(guard.Token);
        });
    }

    static Way Heard(Line line) => new(() =>
    {
        line.Peer.Forget();
        return line.Peer.Receive(10);
    });

    static async Task Press(Studio studio, Line line, byte key)
    {
        line.Peer.Press(key, EventType, PressMs);
        await studio.Events.Next<MediaEvent.Dtmf>(told => told.Stream == line.Id);
    }

    static async Task<(Line Anna, Line Bob)> Connected(Studio studio, StreamFormat from, StreamFormat to, IPEndPoint? announce = null, IPAddress? bind = null)
    {
        var (anna, bob) = (await studio.Open(from, announce: announce, bind: bind), await studio.Open(to, bind: bind));
        studio.Connect(anna, bob);
        return (anna, bob);
    }

    PlaySource.Files File()
    {
        var path = Path.Combine(_folder, "prompt.wav");
        System.IO.File.WriteAllBytes(path, Wav.Pcm(Tones.Sine(1500, 800)));
        return new([path], Times: 0);
    }
}

/// <summary>One round, and how many messages to the core it brings about.</summary>
sealed record Way(Func<Task> Round, int Told = 0);
