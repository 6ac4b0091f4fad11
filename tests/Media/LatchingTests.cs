using System.Net;
using TeleCube.Media.Messages;
using TeleCube.Tests.Support;

namespace TeleCube.Media.Tests;

public sealed class LatchingTests
{
    static readonly MediaEngineOptions Fast = new() { RelatchAfter = TimeSpan.FromMilliseconds(300), LatchProbation = TimeSpan.FromMilliseconds(200) };
    static readonly IPAddress Elsewhere = IPAddress.Parse("127.0.0.66");

    [Fact]
    public async Task A_peer_behind_NAT_is_found_by_its_first_packet_and_heard_from_there()
    {
        await using var studio = new Studio();
        var anna = await studio.Open(announce: new(IPAddress.Parse("192.168.1.20"), 40_000));
        var bob = await studio.Open();
        studio.Connect(anna, bob);
        anna.Peer.Talk(700);
        bob.Peer.Talk(1100);
        var latched = await studio.Events.Next<MediaEvent.Latched>(e => e.Stream == anna.Id);
        Assert.Equal((anna.Peer.Address, anna.Peer.Ssrc), (latched.Remote, latched.Ssrc));
        await anna.Peer.Receive(10);
        await bob.Peer.Receive(10);
        Assert.Equal([1100], Tones.Heard(anna.Peer.Heard, 700, 1100));
    }

    [Fact]
    public async Task Without_latching_only_the_announced_address_is_believed()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(latch: false), await studio.Open());
        studio.Connect(anna, bob);
        var stranger = studio.NewPeer();
        stranger.Target = anna.Local;
        stranger.Burst(1900, 20);
        await RelayTests.Until(() => Task.FromResult(studio.Engine.Counters.Strangers == 20));
        anna.Peer.Burst(700, 5);
        await bob.Peer.Receive(5);
        Assert.Equal(anna.Peer.Address, (await studio.Events.Next<MediaEvent.Latched>(e => e.Stream == anna.Id)).Remote);
        Assert.Equal([700], Tones.Heard(bob.Peer.Heard, 700, 1900));
    }

    [Fact]
    public async Task Who_sends_first_while_it_rings_takes_nothing_from_a_caller_behind_NAT()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(announce: new(IPAddress.Parse("192.168.1.20"), 40_000), answered: false), await studio.Open());
        studio.Connect(anna, bob);
        var thief = studio.NewPeer(Elsewhere);
        thief.Target = anna.Local;
        thief.Talk(1900);
        await RelayTests.Until(() => Task.FromResult(studio.Engine.Counters.Strangers >= 10));
        anna.Answered = true;
        anna.Configure();
        anna.Peer.Talk(700);
        bob.Peer.Talk(1100);
        await bob.Peer.Receive(10);
        await anna.Peer.Receive(10);
        Assert.Equal([700], Tones.Heard(bob.Peer.Heard, 700, 1900));
        Assert.Empty(thief.Received);
    }

    [Fact]
    public async Task After_a_hold_a_caller_behind_NAT_is_heard_from_another_port_as_another_stream()
    {
        await using var studio = new Studio(Fast);
        var (anna, bob) = (await studio.Open(announce: new(IPAddress.Parse("192.168.1.20"), 40_000)), await studio.Open());
        studio.Connect(anna, bob);
        anna.Peer.Burst(700, 3);
        await bob.Peer.Receive(3);
        anna.Direction = MediaDirection.SendOnly;
        anna.Configure();
        anna.Direction = MediaDirection.SendReceive;
        anna.Configure();
        var resumed = studio.NewPeer();
        resumed.Target = anna.Local;
        resumed.Talk(1500);
        bob.Peer.Talk(1100);
        await studio.Events.Next<MediaEvent.Latched>(e => e.Remote.Equals(resumed.Address) && e.Ssrc == resumed.Ssrc);
        await resumed.Receive(5);
        bob.Peer.Forget();
        await bob.Peer.Receive(5);
        Assert.Equal([1500], Tones.Heard(bob.Peer.Heard, 700, 1500));
    }

    [Fact]
    public async Task A_caller_whose_NAT_has_another_address_for_audio_is_heard_in_the_end()
    {
        await using var studio = new Studio(new() { StrangerAfter = TimeSpan.FromMilliseconds(300) });
        var (anna, bob) = (await studio.Open(announce: new(IPAddress.Parse("192.168.1.20"), 40_000)), await studio.Open());
        studio.Connect(anna, bob);
        var outside = studio.NewPeer(Elsewhere);
        outside.Target = anna.Local;
        outside.Talk(700);
        await bob.Peer.Receive(5);
        anna.Peer.Talk(1500); // from where its signalling comes: it displaces the stranger, however late
        await studio.Events.Next<MediaEvent.Latched>(e => e.Remote.Equals(anna.Peer.Address));
        await RelayTests.Until(() => Task.FromResult(studio.Engine.Counters.Strangers > 20));
        bob.Peer.Forget();
        await bob.Peer.Receive(10);
        Assert.Equal([1500], Tones.Heard(bob.Peer.Heard, 700, 1500));
    }

    [Fact]
    public async Task A_stranger_who_sprays_packets_steals_nothing()
    {
        await using var studio = new Studio(Fast);
        var (anna, bob) = (await studio.Open(announce: new(IPAddress.Parse("10.0.0.5"), 9000)), await studio.Open());
        studio.Connect(anna, bob);
        anna.Peer.Talk(700);
        bob.Peer.Talk(1100);
        await bob.Peer.Receive(3);
        var thief = studio.NewPeer(Elsewhere);
        thief.Target = anna.Local;
        for (var spray = 0; spray < 15; spray++)
        {
            var heard = bob.Peer.Received.Count;
            thief.Burst(1900, 20);
            thief.Ssrc = (uint)(1000 + spray);
            anna.Configure(); // neither does a re-INVITE that changes nothing open a door
            await bob.Peer.Receive(heard + 2);
        }
        Assert.Equal([700], Tones.Heard(bob.Peer.Heard, 700, 1900));
        Assert.Empty(thief.Received);
    }

    [Fact]
    public async Task Even_a_silent_peer_is_not_replaced_by_another_SSRC()
    {
        await using var studio = new Studio(Fast);
        var (anna, bob) = (await studio.Open(announce: new(IPAddress.Parse("10.0.0.5"), 9000)), await studio.Open());
        studio.Connect(anna, bob);
        anna.Peer.Burst(700, 3);
        await bob.Peer.Receive(3);
        var (thief, moved) = (studio.NewPeer(Elsewhere), studio.NewPeer(IPAddress.Parse("127.0.0.67")));
        (thief.Target, moved.Target, moved.Ssrc) = (anna.Local, anna.Local, anna.Peer.Ssrc);
        (moved.Sequence, moved.Timestamp) = (anna.Peer.Sequence, anna.Peer.Timestamp);
        thief.Talk(1900);
        moved.Talk(700); // believed when the latched source has been silent for 300 ms; the thief never
        await bob.Peer.Receive(15);
        Assert.Equal([700], Tones.Heard(bob.Peer.Heard, 700, 1900));
        var latched = await studio.Events.Next<MediaEvent.Latched>(e => e.Remote.Equals(moved.Address));
        Assert.Equal(anna.Peer.Ssrc, latched.Ssrc);
    }

    [Fact]
    public async Task The_announced_address_displaces_another_port_that_was_first()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(), await studio.Open());
        studio.Connect(anna, bob);
        var early = studio.NewPeer();
        early.Target = anna.Local;
        early.Burst(1900, 3);
        await studio.Events.Next<MediaEvent.Latched>(e => e.Remote.Equals(early.Address));
        anna.Peer.Burst(700, 1);
        await studio.Events.Next<MediaEvent.Latched>(e => e.Remote.Equals(anna.Peer.Address));
        early.Burst(1900, 10);
        bob.Peer.Talk(1100);
        await anna.Peer.Receive(5);
        Assert.Empty(early.Received);
    }

    [Fact]
    public async Task A_new_announced_address_is_followed_at_once()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(), await studio.Open());
        studio.Connect(anna, bob);
        anna.Peer.Talk(700);
        await bob.Peer.Receive(3);
        var other = studio.NewPeer();
        (other.Target, anna.Announced) = (anna.Local, other.Address);
        anna.Configure();
        bob.Peer.Talk(1100);
        await other.Receive(5); // heard before it has sent anything
        bob.Peer.Forget();
        other.Talk(1500);
        await bob.Peer.Receive(10);
        Assert.Equal([1500], Tones.Heard(bob.Peer.Heard, 1500, 700));
    }

    [Fact]
    public async Task What_is_not_RTP_latches_nothing()
    {
        await using var studio = new Studio();
        var anna = await studio.Open(announce: new(IPAddress.Parse("10.0.0.5"), 9000));
        await studio.Quality(anna);
        byte[][] rubbish =
        [
            [], [0x80], "INVITE sip:x"u8.ToArray(), [0x80, 99, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1], // unknown payload type
            [0x80, 8, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1], // SSRC 0
            [0x9F, 8, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1], // extension and CSRCs that aren't there
            [0xA0, 8, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0xFF], // padding longer than the packet
        ];
        foreach (var bytes in rubbish) anna.Peer.SendRaw(bytes);
        await RelayTests.Until(() => Task.FromResult(studio.Engine.Counters.Invalid == rubbish.Length - 1)); // an empty datagram is not even that
        Assert.DoesNotContain(studio.Events.All, e => e is MediaEvent.Latched);
    }
}
