using System.Net;
using TeleCube.Media.Rtp;
using TeleCube.Media.Sockets;

namespace TeleCube.Media.Tests;

/// <summary>The rule itself, without sockets; see the remarks on <c>Latch</c>.</summary>
public sealed class LatchTests
{
    const long Second = 1_000_000_000;

    static readonly PeerAddress Announced = At("198.51.100.7:4000"), Nat = At("203.0.113.9:6000"), Thief = At("203.0.113.66:6666");

    [Theory] // who announces what and is signalled from where -> who may be first, at once
    [InlineData("198.51.100.7:4000", "198.51.100.7", "198.51.100.7:4000", true)]
    [InlineData("198.51.100.7:4000", "198.51.100.7", "198.51.100.7:4002", true)] // another port
    [InlineData("198.51.100.7:4000", "198.51.100.7", "203.0.113.66:4000", false)]
    [InlineData("198.51.100.7:4000", "203.0.113.1", "198.51.100.7:4000", true)] // a carrier's media gateway
    [InlineData("192.168.1.20:4000", "203.0.113.9", "203.0.113.9:6000", true)] // behind NAT
    [InlineData("192.168.1.20:4000", "203.0.113.9", "203.0.113.66:6666", false)]
    [InlineData("[2001:db8::7]:4000", "2001:db8::17", "[2001:db8::17]:4000", true)] // it has several addresses
    [InlineData("[2001:db8::7]:4000", "2001:db8::17", "[2001:db8::66]:4000", false)]
    public void The_first_source(string announced, string signalling, string from, bool taken)
    {
        foreach (var answered in new[] { false, true })
        {
            Assert.Equal(taken, Start(announced, signalling, answered).Judge(At(from), 1, false, Second) == LatchVerdict.Latched);
            Assert.Equal(from == announced, Start(announced, signalling, answered, latch: false).Judge(At(from), 1, false, Second) == LatchVerdict.Latched);
            Assert.Equal(LatchVerdict.Latched, Start(announced, signalling, answered).Judge(At(from), 1, authenticated: true, Second));
        }
    }

    [Theory] // announced, signalled from, seconds after the answer -> a stranger is taken for who has not been heard?
    [InlineData("192.168.1.20:4000", "203.0.113.9", 2.9, false)]
    [InlineData("192.168.1.20:4000", "203.0.113.9", 3.0, true)] // its NAT has several public addresses
    [InlineData("100.64.0.1:4000", "203.0.113.9", 3.0, true)]
    [InlineData("[fd00::1]:4000", "2001:db8::17", 3.0, true)]
    [InlineData("198.51.100.7:4000", "203.0.113.9", 2.9, false)]
    [InlineData("198.51.100.7:4000", "203.0.113.9", 3.0, true)] // a carrier that sends from another host than it announces
    public void A_stranger_is_the_last_resort(string announced, string signalling, double seconds, bool taken)
    {
        var latch = Start(announced, signalling, answered: false);
        Assert.Equal(LatchVerdict.Ignore, latch.Judge(Thief, 1, false, 60 * Second)); // however long it rings
        latch.Announce(Plan(announced, signalling), 60 * Second);
        Assert.Equal(taken, latch.Judge(Thief, 1, false, 60 * Second + (long)(seconds * Second)) == LatchVerdict.Latched);
    }

    [Fact]
    public void A_stranger_is_displaced_whenever_the_peer_is_heard()
    {
        var latch = Start("192.168.1.20:4000", "203.0.113.9");
        for (var now = 3 * Second; now < 60 * Second; now += Second) latch.Judge(Thief, 1, false, now);
        Assert.Equal(Thief, latch.Source);
        Assert.False(latch.IsSettled(60 * Second)); // the socket stays open to the peer
        Assert.Equal(LatchVerdict.Latched, latch.Judge(Nat, 2, false, 60 * Second));
        Assert.Equal(LatchVerdict.Ignore, latch.Judge(Thief, 1, false, 60 * Second));
    }

    [Theory] // from, ssrc (1 = the latched one's), authenticated, seconds after the last packet -> taken?
    [InlineData("203.0.113.66:6666", 1, false, 1.9, false)]
    [InlineData("203.0.113.66:6666", 2, false, 60, false)]
    [InlineData("203.0.113.66:6666", 1, false, 2.0, true)] // the same stream from elsewhere: its NAT binding moved
    [InlineData("203.0.113.66:6666", 2, true, 2.0, true)] // it has the keys
    [InlineData("203.0.113.66:6666", 2, true, 1.9, false)]
    [InlineData("203.0.113.9:7000", 2, false, 1.9, false)]
    [InlineData("203.0.113.9:7000", 2, false, 2.0, true)] // its NAT binding expired on hold, and it began anew
    [InlineData("192.168.1.20:4000", 2, false, 1.9, false)]
    [InlineData("192.168.1.20:4000", 2, false, 2.0, true)]
    public void Another_source_once_latched(string from, uint ssrc, bool authenticated, double seconds, bool taken)
    {
        var latch = Start("192.168.1.20:4000", "203.0.113.9");
        latch.Judge(Nat, 1, false, 0);
        latch.Judge(Nat, 1, false, 10 * Second);
        var verdict = latch.Judge(At(from), ssrc, authenticated, 10 * Second + (long)(seconds * Second));
        Assert.Equal(taken ? LatchVerdict.Latched : LatchVerdict.Ignore, verdict);
    }

    [Fact]
    public void After_a_hold_whoever_was_heard_at_a_host_that_nothing_else_names_is_heard_from_there()
    {
        var latch = Start("192.168.1.20:4000", "203.0.113.9");
        latch.Judge(At("203.0.113.10:6000"), 1, false, 5 * Second);
        Assert.Equal(LatchVerdict.Ignore, latch.Judge(Thief, 2, false, 300 * Second));
        Assert.Equal(LatchVerdict.Latched, latch.Judge(At("203.0.113.10:7000"), 2, false, 300 * Second));
    }

    [Fact]
    public void The_announced_address_displaces_another_port_of_its_host_until_a_second_after_the_answer()
    {
        var (other, address) = (At("198.51.100.7:4444"), "198.51.100.7:4000");
        var latch = Start(address, "198.51.100.7", answered: false);
        for (var now = 0L; now <= 30 * Second; now += Second / 2) latch.Judge(other, 1, false, now);
        latch.Announce(Plan(address, "198.51.100.7"), 30 * Second);
        latch.Judge(other, 1, false, 30 * Second + Second / 2);
        var late = latch;
        Assert.False(latch.IsSettled(30 * Second + Second / 2)); // the socket stays open to it
        Assert.Equal(LatchVerdict.Latched, latch.Judge(Announced, 2, false, 30 * Second + Second / 2));
        Assert.True(latch.IsSettled(30 * Second + Second / 2));
        Assert.Equal(LatchVerdict.Ignore, latch.Judge(other, 1, false, 30 * Second + Second / 2));

        Assert.True(late.IsSettled(31 * Second));
        Assert.Equal(LatchVerdict.Ignore, late.Judge(Announced, 2, false, 31 * Second));
    }

    [Fact]
    public void Configure_with_the_same_address_opens_nothing()
    {
        var latch = Start("192.168.1.20:4000", "203.0.113.9");
        latch.Judge(Nat, 1, false, 0);
        latch.Announce(Plan("192.168.1.20:4000", "203.0.113.9"), 5 * Second);
        Assert.Equal(Nat, latch.Target);
        Assert.Equal(LatchVerdict.Ignore, latch.Judge(Thief, 2, false, 60 * Second));
    }

    [Fact]
    public void Configure_with_another_address_starts_anew_without_the_last_packets_of_the_old()
    {
        var latch = Start("192.168.1.20:4000", "203.0.113.9");
        latch.Judge(Nat, 1, false, 0);
        latch.Announce(Plan("192.168.1.20:5000", "203.0.113.9"), Second);
        Assert.Equal(At("192.168.1.20:5000"), latch.Target);
        Assert.Equal(LatchVerdict.Ignore, latch.Judge(Nat, 1, false, Second + 1));
        Assert.Equal(LatchVerdict.Latched, latch.Judge(At("203.0.113.9:6002"), 9, false, Second + 2));
    }

    [Fact]
    public void Who_changes_its_network_and_not_its_private_address_is_followed()
    {
        var latch = Start("192.168.1.20:4000", "203.0.113.9");
        latch.Judge(Nat, 1, false, 0);
        latch.Announce(Plan("192.168.1.20:4000", "198.51.100.7"), Second);
        Assert.Equal(LatchVerdict.Latched, latch.Judge(At("198.51.100.7:9000"), 2, false, Second));
        Assert.Equal(LatchVerdict.Ignore, latch.Judge(Nat, 1, false, 2 * Second));
    }

    [Fact]
    public void A_peer_without_an_address_believes_nobody()
    {
        var latch = Start("192.168.1.20:4000", "203.0.113.9");
        latch.Announce(Plan("0.0.0.0:4000", "203.0.113.9"), 0); // hold by RFC 2543
        Assert.Equal(LatchVerdict.Ignore, latch.Judge(Nat, 1, false, 0));
        Assert.Equal(LatchVerdict.Ignore, latch.Judge(Thief, 1, false, 60 * Second));
    }

    [Theory]
    [InlineData("127.0.0.1", 5060)]
    [InlineData("2001:db8::17", 65535)]
    [InlineData("fe80::1%3", 9)]
    public void An_address_survives_the_way_to_the_kernel(string ip, int port)
    {
        Span<byte> sockaddr = stackalloc byte[PeerAddress.MaxBytes];
        var address = PeerAddress.From(new(IPAddress.Parse(ip), port));
        address.Write(sockaddr);
        Assert.Equal(address, PeerAddress.Read(sockaddr));
        Assert.Equal(new IPEndPoint(IPAddress.Parse(ip), port), address.ToEndPoint());
    }

    static Latch Start(string announced, string signalling, bool answered = true, bool latch = true)
    {
        var rule = new Latch(new(RelatchAfterNs: 2 * Second, ProbationNs: Second, StrangerAfterNs: 3 * Second));
        rule.Announce(Plan(announced, signalling, answered, latch), 0);
        return rule;
    }

    static Announcement Plan(string announced, string signalling, bool answered = true, bool latch = true)
    {
        var address = IPEndPoint.Parse(announced);
        return Announcement.Of(new(address, address, Latch: latch) { Signalling = IPAddress.Parse(signalling), Answered = answered });
    }

    static PeerAddress At(string endPoint) => PeerAddress.From(IPEndPoint.Parse(endPoint));
}
