using System.Net;
using TeleCube.Media.Rtp;
using TeleCube.Media.Sockets;

namespace TeleCube.Media.Tests;

/// <summary>The rule itself, without sockets; see the remarks on <c>Latch</c>.</summary>
public sealed class LatchTests
{
    const long Second = 1_000_000_000;

    static readonly PeerAddress Announced = At("198.51.100.7", 4000), Nat = At("203.0.113.9", 6000), Thief = At("203.0.113.66", 6666);

    [Theory] // announced, latch -> who may be first
    [InlineData(true, true, true)]
    [InlineData(false, true, false)]
    public void The_first_source(bool latch, bool announcedTaken, bool otherTaken)
    {
        Assert.Equal(announcedTaken, Start(latch).Judge(Announced, 1, false, 0) == LatchVerdict.Latched);
        Assert.Equal(otherTaken, Start(latch).Judge(Nat, 1, false, 0) == LatchVerdict.Latched);
    }

    [Theory] // from, ssrc (1 = the latched one's), authenticated, seconds after the last packet -> taken?
    [InlineData("thief", 1, false, 1.9, false)]
    [InlineData("thief", 2, false, 60, false)]
    [InlineData("thief", 1, false, 2.0, true)]   // the same stream from elsewhere: its NAT binding moved
    [InlineData("thief", 2, true, 2.0, true)]    // it has the keys
    [InlineData("thief", 2, true, 1.9, false)]
    [InlineData("announced", 2, false, 1.9, false)]
    [InlineData("announced", 2, false, 2.0, true)]
    public void Another_source_once_latched(string from, uint ssrc, bool authenticated, double seconds, bool taken)
    {
        var latch = Start(latch: true);
        latch.Judge(Nat, 1, false, 0);
        latch.Judge(Nat, 1, false, 10 * Second);
        var verdict = latch.Judge(from == "thief" ? Thief : Announced, ssrc, authenticated, 10 * Second + (long)(seconds * Second));
        Assert.Equal(taken ? LatchVerdict.Latched : LatchVerdict.Ignore, verdict);
    }

    [Fact]
    public void The_announced_address_displaces_another_in_the_first_second()
    {
        var latch = Start(latch: true);
        latch.Judge(Thief, 1, false, 0);
        Assert.False(latch.IsSettled(Second / 2)); // the socket stays open to it
        Assert.Equal(LatchVerdict.Latched, latch.Judge(Announced, 2, false, Second / 2));
        Assert.True(latch.IsSettled(Second / 2));
        Assert.Equal(LatchVerdict.Ignore, latch.Judge(Thief, 1, false, Second / 2));
    }

    [Fact]
    public void Configure_with_the_same_address_opens_nothing()
    {
        var latch = Start(latch: true);
        latch.Judge(Nat, 1, false, 0);
        latch.Announce(Announced, true, 5 * Second);
        Assert.Equal(Nat, latch.Target);
        Assert.Equal(LatchVerdict.Ignore, latch.Judge(Thief, 2, false, Second));
    }

    [Fact]
    public void Configure_with_another_address_starts_anew_without_the_last_packets_of_the_old()
    {
        var latch = Start(latch: true);
        latch.Judge(Nat, 1, false, 0);
        latch.Announce(At("198.51.100.8", 5000), true, Second);
        Assert.Equal(At("198.51.100.8", 5000), latch.Target);
        Assert.Equal(LatchVerdict.Ignore, latch.Judge(Nat, 1, false, Second + 1));
        Assert.Equal(LatchVerdict.Latched, latch.Judge(Thief, 9, false, Second + 2)); // the moved peer, behind another NAT
    }

    [Fact]
    public void A_peer_without_an_address_believes_nobody()
    {
        var latch = Start(latch: true);
        latch.Announce(At("0.0.0.0", 4000), true, 0); // hold by RFC 2543
        Assert.Equal(LatchVerdict.Ignore, latch.Judge(Thief, 1, false, 0));
    }

    [Theory]
    [InlineData("127.0.0.1", 5060)]
    [InlineData("2001:db8::17", 65535)]
    [InlineData("fe80::1%3", 9)]
    public void An_address_survives_the_way_to_the_kernel(string ip, int port)
    {
        Span<byte> sockaddr = stackalloc byte[PeerAddress.MaxBytes];
        var address = At(ip, port);
        address.Write(sockaddr);
        Assert.Equal(address, PeerAddress.Read(sockaddr));
        Assert.Equal(new IPEndPoint(IPAddress.Parse(ip), port), address.ToEndPoint());
    }

    static Latch Start(bool latch)
    {
        var rule = new Latch(2 * Second, Second);
        rule.Announce(Announced, latch, 0);
        return rule;
    }

    static PeerAddress At(string ip, int port) => PeerAddress.From(new(IPAddress.Parse(ip), port));
}
