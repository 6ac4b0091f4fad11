using System.Net;
using TeleCube.Media.Messages;
using TeleCube.Tests.Support;

namespace TeleCube.Media.Tests;

public sealed class RelayTests
{
    [Fact]
    public async Task Each_peer_hears_the_other_and_not_itself()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(), await studio.Open());
        studio.Connect(anna, bob);
        anna.Peer.Talk(700);
        bob.Peer.Talk(1100);
        await anna.Peer.Receive(25);
        await bob.Peer.Receive(25);
        Assert.Equal([1100], Tones.Heard(anna.Peer.Heard, 700, 1100));
        Assert.Equal([700], Tones.Heard(bob.Peer.Heard, 700, 1100));
    }

    [Fact]
    public async Task Two_calls_do_not_hear_each_other()
    {
        await using var studio = new Studio();
        Line[] lines = [await studio.Open(group: 1), await studio.Open(group: 1), await studio.Open(group: 2), await studio.Open(group: 2)];
        studio.Connect(lines[0], lines[1]);
        studio.Connect(lines[2], lines[3]);
        double[] tones = [600, 900, 1300, 1700];
        for (var i = 0; i < 4; i++) lines[i].Peer.Talk(tones[i]);
        foreach (var line in lines) await line.Peer.Receive(20);
        for (var i = 0; i < 4; i++) Assert.Equal([tones[i ^ 1]], Tones.Heard(lines[i].Peer.Heard, tones));
    }

    [Fact]
    public async Task ALaw_and_MuLaw_are_converted_both_ways()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(Studio.ALaw), await studio.Open(Studio.MuLaw));
        studio.Connect(anna, bob);
        anna.Peer.Talk(700);
        bob.Peer.Talk(1100);
        Assert.All(await anna.Peer.Receive(25), frame => Assert.Equal(8, frame.PayloadType));
        Assert.All(await bob.Peer.Receive(25), frame => Assert.Equal(0, frame.PayloadType));
        Assert.InRange(Tones.LevelDb(bob.Peer.Heard, 700), -10.5, -9.5);
        Assert.InRange(Tones.LevelDb(anna.Peer.Heard, 1100), -10.5, -9.5);
    }

    [Fact]
    public async Task A_dynamic_payload_type_is_mapped()
    {
        await using var studio = new Studio();
        var anna = await studio.Open(new StreamFormat(Codec.Pcma, 97, null));
        var bob = await studio.Open(new StreamFormat(Codec.Pcma, 8, null));
        studio.Connect(anna, bob);
        await Ready(studio, anna, bob);
        anna.Peer.Send(new(97, false, 500, 1000, 77, new byte[160], anna.Peer.Address));
        Assert.Equal(8, (await bob.Peer.Receive(1))[0].PayloadType);
    }

    [Fact]
    public async Task Loss_and_order_stay_visible_and_only_the_first_packet_is_marked()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(), await studio.Open());
        studio.Connect(anna, bob);
        await Ready(studio, anna, bob);
        foreach (ushort sequence in new ushort[] { 65534, 65535, 1, 0, 4 })
            anna.Peer.Send(new(8, false, sequence, (uint)(short)sequence * 160, 77, new byte[160], anna.Peer.Address));
        var heard = await bob.Peer.Receive(5);
        var first = heard[0];
        Assert.Equal([0, 1, 3, 2, 6], heard.Select(frame => (int)(ushort)(frame.Sequence - first.Sequence)));
        Assert.Equal([0, 160, 480, 320, 960], heard.Select(frame => (int)(frame.Timestamp - first.Timestamp)));
        Assert.Equal([true, false, false, false, false], heard.Select(frame => frame.Marker));
        Assert.NotEqual(77u, first.Ssrc);
    }

    [Fact]
    public async Task A_source_that_restarts_is_continued_without_a_jump()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(), await studio.Open());
        studio.Connect(anna, bob);
        await Ready(studio, anna, bob);
        anna.Peer.Burst(700, 5);
        await bob.Peer.Receive(5);
        (anna.Peer.Ssrc, anna.Peer.Sequence, anna.Peer.Timestamp) = (4242, 60000, 5);
        anna.Peer.Burst(700, 5);
        var heard = await bob.Peer.Receive(10);
        Assert.Single(heard.Select(frame => frame.Ssrc).Distinct());
        for (var i = 1; i < 10; i++) Assert.Equal((ushort)(heard[i - 1].Sequence + 1), heard[i].Sequence);
        for (var i = 1; i < 10; i++) Assert.InRange(heard[i].Timestamp - heard[i - 1].Timestamp, 160u, 80_000u);
        Assert.True(heard[5].Marker);
    }

    [Fact]
    public async Task Header_extensions_contributing_sources_and_padding_are_left_behind()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(), await studio.Open());
        studio.Connect(anna, bob);
        await Ready(studio, anna, bob);
        byte[] header = [0x80 | 0x20 | 0x10 | 1, 8, 0, 9, 0, 0, 0, 1, 0, 0, 0, 5, /* CSRC */ 1, 2, 3, 4, /* extension */ 0xBE, 0xDE, 0, 1, 9, 9, 9, 9];
        anna.Peer.SendRaw([.. header, .. Enumerable.Repeat((byte)0x33, 160), 0, 2]);
        var frame = (await bob.Peer.Receive(1))[0];
        Assert.Equal(Enumerable.Repeat((byte)0x33, 160), frame.Payload);
    }

    [Theory]
    [InlineData(MediaDirection.SendReceive, true, true)]
    [InlineData(MediaDirection.SendOnly, true, false)]
    [InlineData(MediaDirection.ReceiveOnly, false, true)]
    [InlineData(MediaDirection.Inactive, false, false)]
    public async Task Direction_is_respected(MediaDirection direction, bool peerHears, bool peerIsHeard)
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(direction: direction), await studio.Open());
        var witness = await studio.Open(); // its relayed audio proves that the loop has passed the others'
        studio.Connect(anna, bob);
        anna.Peer.Burst(700, 10);
        bob.Peer.Burst(1100, 10);
        await studio.Quality(anna);
        Engage(studio, witness);
        await witness.Peer.Receive(3);
        var quality = (await studio.Quality(anna), await studio.Quality(bob));
        Assert.Equal(peerHears ? 10 : 0, quality.Item1.PacketsSent);
        Assert.Equal(peerIsHeard ? 10 : 0, quality.Item2.PacketsSent);
    }

    [Fact]
    public async Task Resuming_from_hold_is_a_new_talk_spurt_without_apparent_loss()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(), await studio.Open());
        studio.Connect(anna, bob);
        await Ready(studio, anna, bob);
        anna.Peer.Burst(700, 3);
        await bob.Peer.Receive(3);
        bob.Direction = MediaDirection.Inactive;
        bob.Configure();
        await studio.Quality(bob);
        anna.Peer.Burst(700, 50);
        await Until(async () => (await studio.Quality(anna)).PacketsReceived >= 53 + 1);
        bob.Direction = MediaDirection.SendReceive;
        bob.Configure();
        await studio.Quality(bob);
        anna.Peer.Burst(700, 3);
        var heard = await bob.Peer.Receive(6);
        Assert.Equal((ushort)(heard[2].Sequence + 1), heard[3].Sequence);
        Assert.True(heard[3].Marker);
    }

    [Fact]
    public async Task A_connection_across_loops_moves_a_stream()
    {
        await using var studio = new Studio(new() { Loops = 3, FillLoop = 0 });
        var lines = new List<Line>();
        for (var i = 0; i < 3; i++) lines.Add(await studio.Open(group: 100 + i));
        Assert.All(studio.Engine.Loops, loop => Assert.Equal(1, loop.Tally.Streams));
        // Every stream is connected in turn to every other, without a wait between the commands.
        for (var round = 0; round < 20; round++)
        {
            studio.Connect(lines[0], lines[1]);
            studio.Connect(lines[1], lines[2]);
            studio.Connect(lines[2], lines[0]);
        }
        foreach (var line in lines) await studio.Quality(line); // answered after the moves
        lines[2].Peer.Talk(700);
        lines[1].Peer.Talk(1100);
        await lines[0].Peer.Receive(25);
        Assert.Equal([700], Tones.Heard(lines[0].Peer.Heard, 700, 1100));
        Assert.Empty(lines[1].Peer.Received);
    }

    [Fact]
    public async Task Loops_are_filled_one_after_the_other_and_then_evenly()
    {
        await using var studio = new Studio(new() { Loops = 2, FillLoop = 2 });
        var opened = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            await studio.Open(group: 100 + i);
            opened.Add(string.Join('/', studio.Engine.Loops.Select(loop => loop.Tally.Streams)));
        }
        Assert.Equal(["1/0", "2/0", "2/1", "2/2", "3/2", "3/3"], opened);
    }

    [Fact]
    public async Task Connecting_replaces_and_disconnecting_ends()
    {
        await using var studio = new Studio();
        var (anna, bob, carol) = (await studio.Open(), await studio.Open(), await studio.Open());
        studio.Connect(anna, bob);
        studio.Connect(anna, carol);
        anna.Peer.Burst(700, 5);
        await carol.Peer.Receive(5);
        Assert.Empty(bob.Peer.Received);
        studio.Engine.Send(new MediaCommand.Disconnect(anna.Id));
        await studio.Quality(anna);
        anna.Peer.Burst(700, 5);
        await Until(async () => (await studio.Quality(anna)).PacketsReceived == 10);
        Assert.Equal(5, carol.Peer.Received.Count);
    }

    [Fact]
    public async Task IPv6_and_IPv4_talk_to_each_other()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(bind: IPAddress.IPv6Loopback), await studio.Open(bind: IPAddress.Parse("127.0.0.7")));
        studio.Connect(anna, bob);
        anna.Peer.Talk(700);
        bob.Peer.Talk(1100);
        await anna.Peer.Receive(25);
        await bob.Peer.Receive(25);
        Assert.Equal([1100], Tones.Heard(anna.Peer.Heard, 700, 1100));
        Assert.Equal([700], Tones.Heard(bob.Peer.Heard, 700, 1100));
        Assert.Equal(IPAddress.Parse("127.0.0.7"), bob.Peer.Received[0].From.Address);
    }

    [Fact]
    public async Task A_port_in_use_and_a_foreign_address_fail_with_their_reason()
    {
        await using var studio = new Studio();
        var line = await studio.Open();
        var (second, third) = (new StreamId(Studio.NextId()), new StreamId(Studio.NextId()));
        studio.Engine.Send(new MediaCommand.Open(second, 1, IPAddress.Loopback, line.Local.Port));
        studio.Engine.Send(new MediaCommand.Open(third, 1, IPAddress.Parse("192.0.2.1"), studio.TakePort()));
        Assert.Equal("port-in-use", (await studio.Events.Next<MediaEvent.Failed>(e => e.Stream == second)).Reason);
        Assert.Equal("no-such-address", (await studio.Events.Next<MediaEvent.Failed>(e => e.Stream == third)).Reason);
        studio.Engine.Send(new MediaCommand.Open(line.Id, 1, IPAddress.Loopback, studio.TakePort()));
        Assert.Equal("already-open", (await studio.Events.Next<MediaEvent.Failed>(e => e.Stream == line.Id)).Reason);
    }

    [Fact]
    public async Task Two_thousand_streams_leave_no_descriptor_behind()
    {
        await using var studio = new Studio();
        await Churn(studio, 50);
        var before = Directory.GetFiles("/proc/self/fd").Length;
        for (var i = 0; i < 20; i++) await Churn(studio, 100);
        Assert.InRange(Directory.GetFiles("/proc/self/fd").Length, 0, before + 8); // others of this process open files too
        Assert.Equal(0, studio.Engine.Counters.Streams);
    }

    static async Task Churn(Studio studio, int count)
    {
        var ids = Enumerable.Range(0, count).Select(_ => new StreamId(Studio.NextId())).ToArray();
        var first = 26000;
        for (var i = 0; i < count; i++) studio.Engine.Send(new MediaCommand.Open(ids[i], i / 2, IPAddress.Parse("127.0.0.9"), first + 2 * i));
        for (var i = 1; i < count; i += 2) studio.Connect(new(studio, ids[i], null!, null!), new(studio, ids[i - 1], null!, null!));
        foreach (var id in ids) studio.Engine.Send(new MediaCommand.Close(id));
        foreach (var id in ids) await studio.Events.Next<MediaEvent.Closed>(e => e.Stream == id);
    }

    internal static async Task Relayed(Line from, Line to, int packets)
    {
        to.Peer.Forget();
        for (var sent = 0; sent < packets; sent += 50)
        {
            from.Peer.Burst(700, 50);
            await to.Peer.Receive(sent + 50);
        }
    }

    // One packet through, so that what follows is received in a known state.
    internal static async Task Ready(Studio studio, Line from, Line to)
    {
        from.Peer.Send(new(from.Format.PayloadType, false, from.Peer.Sequence, from.Peer.Timestamp, from.Peer.Ssrc,
            [.. Enumerable.Repeat((byte)0xD5, 160)], from.Peer.Address));
        from.Peer.Step(160);
        await studio.Events.Next<MediaEvent.Latched>(e => e.Stream == from.Id);
        await to.Peer.Receive(1);
        to.Peer.Forget();
    }

    static void Engage(Studio studio, Line line) =>
        studio.Engine.Send(new MediaCommand.Play(line.Id, new PlayId(Studio.NextId()), new PlaySource.Sine(500)));

    internal static async Task Until(Func<Task<bool>> condition)
    {
        using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!await condition()) guard.Token.ThrowIfCancellationRequested();
    }
}
