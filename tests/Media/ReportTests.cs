using System.Net;
using System.Net.Sockets;
using TeleCube.Media.Messages;
using TeleCube.Media.Rtcp;

namespace TeleCube.Media.Tests;

public sealed class ReportTests
{
    static readonly MediaEngineOptions Often = new() { RtcpInterval = TimeSpan.FromMilliseconds(200) };

    [Fact]
    public async Task Sender_reports_arrive_on_the_port_above_and_answers_give_the_round_trip()
    {
        await using var studio = new Studio(Often);
        using var rtcp = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var line = await studio.Open();
        var (local, ours) = ((IPEndPoint)rtcp.Client.LocalEndPoint!, line.Peer.Address);
        studio.Engine.Send(new MediaCommand.Configure(
            line.Id, line.Format, new RemoteMedia(ours, local), MediaDirection.SendReceive, Keying.None.Instance));
        studio.Engine.Send(new MediaCommand.Play(line.Id, new(1), new PlaySource.Sine(900)));
        line.Peer.Burst(700, 20);
        line.Peer.Step(160); // one lost
        line.Peer.Burst(700, 20);

        using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        SenderInfo info = default;
        ReportBlock block = default;
        while (info.Packets == 0 || block.Ssrc == 0) (info, block) = Read((await rtcp.ReceiveAsync(guard.Token)).Buffer);
        Assert.Equal(line.Peer.Ssrc, block.Ssrc);
        Assert.Equal(1, block.CumulativeLost);
        Assert.Equal((ushort)(line.Peer.Sequence - 1), (ushort)block.HighestSequence);
        Assert.Equal(info.Packets * 160, info.Octets);
        Assert.Equal(line.Peer.Received[0].Ssrc, info.Ssrc);
        var seconds = (DateTimeOffset.UtcNow - new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds;
        Assert.InRange(info.Ntp / 4294967296.0, seconds - 30, seconds + 1);

        var answer = new byte[200];
        var ourReport = new ReportBlock(info.Ssrc, 64, 7, 99, 80, (uint)(info.Ntp >> 16), 0);
        var length = RtcpWriter.WriteReport(answer, line.Peer.Ssrc, null, ourReport, "peer"u8);
        await rtcp.SendAsync(answer.AsMemory(0, length), new IPEndPoint(line.Local.Address, line.Local.Port + 1), guard.Token);
        await RelayTests.Until(async () => (await studio.Quality(line)).RoundTripMs is not null);
        var quality = await studio.Quality(line);
        Assert.InRange(quality.RoundTripMs!.Value, 0, 5000);
        Assert.Equal(10, quality.RemoteJitterMs);
        Assert.True(quality.RemoteLossPercent > 0);
        Assert.Equal((40L, 1L), (quality.PacketsReceived, quality.PacketsLost));
    }

    [Fact]
    public async Task A_stranger_reports_nothing()
    {
        await using var studio = new Studio();
        var line = await studio.Open(bind: IPAddress.Parse("127.0.0.3"));
        line.Peer.Burst(700, 1);
        await studio.Events.Next<MediaEvent.Latched>();
        using var stranger = new UdpClient(new IPEndPoint(IPAddress.Parse("127.0.0.44"), 0));
        var report = new byte[200];
        var length = RtcpWriter.WriteReport(report, 5, null, new ReportBlock(6, 0, 0, 0, 0, 0, 0), "x"u8);
        await stranger.SendAsync(report.AsMemory(0, length), new IPEndPoint(line.Local.Address, line.Local.Port + 1));
        await RelayTests.Until(() => Task.FromResult(studio.Engine.Counters.Strangers == 1));
    }

    [Fact]
    public async Task Closing_gives_the_final_figures()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(), await studio.Open());
        studio.Connect(anna, bob);
        anna.Peer.Burst(700, 90);
        anna.Peer.Step(1600, packets: 10);
        anna.Peer.Burst(700, 1);
        await bob.Peer.Receive(91);
        studio.Engine.Send(new MediaCommand.Close(anna.Id));
        studio.Engine.Send(new MediaCommand.Close(anna.Id)); // closing twice is answered twice
        var figures = (await studio.Events.Next<MediaEvent.Closed>()).Figures;
        Assert.Equal((91L, 10L, 91L * 160), (figures.PacketsReceived, figures.PacketsLost, figures.BytesReceived));
        Assert.Equal(9.9, figures.LossPercent, 1);
        Assert.InRange(figures.Mos!.Value, 2, 3.6);
        await studio.Events.Next<MediaEvent.Closed>(e => e.Stream == anna.Id);
    }

    [Fact]
    public async Task Loss_of_media_and_its_return_are_told_once()
    {
        await using var studio = new Studio();
        var line = await studio.Open();
        studio.Engine.Send(new MediaCommand.Watch(line.Id, TimeSpan.FromMilliseconds(300), null));
        await studio.Events.Next<MediaEvent.Lost>(e => e.Stream == line.Id);
        line.Peer.Talk(700);
        await studio.Events.Next<MediaEvent.Resumed>(e => e.Stream == line.Id);
        await line.Peer.Hush();
        await studio.Events.Next<MediaEvent.Lost>(e => e.Stream == line.Id);
        Assert.DoesNotContain(studio.Events.All, e => e is MediaEvent.Lost or MediaEvent.Resumed);

        studio.Engine.Send(new MediaCommand.Watch(line.Id, TimeSpan.FromMilliseconds(300), null)); // it owes us audio anew
        await studio.Events.Next<MediaEvent.Lost>(e => e.Stream == line.Id);
    }

    [Fact]
    public async Task On_hold_nothing_is_lost()
    {
        await using var studio = new Studio();
        var (held, witness) = (await studio.Open(direction: MediaDirection.SendOnly), await studio.Open());
        studio.Engine.Send(new MediaCommand.Watch(held.Id, TimeSpan.FromMilliseconds(150), TimeSpan.FromMilliseconds(150)));
        studio.Engine.Send(new MediaCommand.Watch(witness.Id, TimeSpan.FromMilliseconds(600), null));
        await studio.Events.Next<MediaEvent.Lost>(e => e.Stream == witness.Id);
        Assert.DoesNotContain(studio.Events.All, e => e is MediaEvent.Lost or MediaEvent.Silent);
    }

    [Fact]
    public async Task Quiet_audio_is_silence()
    {
        await using var studio = new Studio();
        var (quiet, loud) = (await studio.Open(), await studio.Open());
        foreach (var line in new[] { quiet, loud })
            studio.Engine.Send(new MediaCommand.Watch(line.Id, null, TimeSpan.FromMilliseconds(600)));
        loud.Peer.Talk(700);
        quiet.Peer.Talk(0); // a sine of 0 Hz: digital silence
        await studio.Events.Next<MediaEvent.Silent>(e => e.Stream == quiet.Id);
        Assert.True((await studio.Quality(quiet)).PacketsReceived > 0);
    }

    static (SenderInfo, ReportBlock) Read(byte[] compound)
    {
        var reader = new RtcpReader(compound);
        var (info, block) = (default(SenderInfo), default(ReportBlock));
        while (reader.MoveNext())
        {
            if (reader.TrySenderInfo(out var sender)) info = sender;
            if (reader.TryBlock(0, out var first)) block = first;
        }
        return (info, block);
    }
}
