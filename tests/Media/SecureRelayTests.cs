using TeleCube.Media.Messages;
using TeleCube.Media.Srtp;
using TeleCube.Tests.Support;

namespace TeleCube.Media.Tests;

public sealed class SecureRelayTests
{
    const string Suite80 = "AES_CM_128_HMAC_SHA1_80", Suite32 = "AES_CM_128_HMAC_SHA1_32";

    [Theory]
    [InlineData(Suite80)]
    [InlineData(Suite32)]
    public async Task A_keyed_stream_talks_to_a_plain_one(string suite)
    {
        await using var studio = new Studio();
        var (ours, theirs) = (Key(1), Key(2));
        var anna = await studio.Open(keying: new Keying.Sdes(suite, ours, theirs));
        var sealing = studio.Keep(SrtpContext.TryCreate(suite, theirs)!);
        var opening = studio.Keep(SrtpContext.TryCreate(suite, ours)!);
        Secure(anna.Peer, sealing, opening);
        var bob = await studio.Open(Studio.MuLaw);
        studio.Connect(anna, bob);
        anna.Peer.Talk(700);
        bob.Peer.Talk(1100);
        await anna.Peer.Receive(25);
        await bob.Peer.Receive(25);
        Assert.Equal([1100], Tones.Heard(anna.Peer.Heard, 700, 1100));
        Assert.Equal([700], Tones.Heard(bob.Peer.Heard, 700, 1100));
    }

    [Fact]
    public async Task Clear_forged_and_replayed_packets_are_dropped_and_latch_nothing()
    {
        await using var studio = new Studio();
        var (ours, theirs) = (Key(1), Key(2));
        var anna = await studio.Open(keying: new Keying.Sdes(Suite80, ours, theirs));
        var bob = await studio.Open();
        studio.Connect(anna, bob);
        anna.Peer.Burst(700, 5); // in clear
        var wrong = studio.Keep(SrtpContext.TryCreate(Suite80, Key(3))!);
        anna.Peer.Seal = bytes => Seal(wrong, bytes);
        anna.Peer.Burst(700, 5);
        var right = studio.Keep(SrtpContext.TryCreate(Suite80, theirs)!);
        byte[] captured = [];
        anna.Peer.Seal = bytes => captured = Seal(right, bytes);
        await RelayTests.Until(() => Task.FromResult(studio.Engine.Counters.Unauthentic == 10));
        Assert.DoesNotContain(studio.Events.All, e => e is MediaEvent.Latched);

        anna.Peer.Burst(700, 1);
        await bob.Peer.Receive(1);
        anna.Peer.SendRaw(captured);
        await RelayTests.Until(() => Task.FromResult(studio.Engine.Counters.Unauthentic == 11));
        Assert.Single(bob.Peer.Received);
    }

    [Fact]
    public async Task Repeating_the_keys_goes_on_and_new_keys_get_a_new_SSRC()
    {
        await using var studio = new Studio();
        var anna = await studio.Open(keying: new Keying.Sdes(Suite80, Key(1), Key(2)));
        var first = studio.Keep(SrtpContext.TryCreate(Suite80, Key(1))!);
        var second = studio.Keep(SrtpContext.TryCreate(Suite80, Key(4))!);
        anna.Peer.Open = bytes => Open(first, bytes) ?? Open(second, bytes);
        studio.Engine.Send(new MediaCommand.Play(anna.Id, new(1), new PlaySource.Sine(900)));
        await anna.Peer.Receive(5);
        anna.Configure();
        var count = anna.Peer.Received.Count;
        Assert.Single((await anna.Peer.Receive(count + 5)).Select(frame => frame.Ssrc).Distinct());
        anna.Keying = new Keying.Sdes(Suite80, Key(4), Key(2));
        anna.Configure();
        var heard = await anna.Peer.Until(frames => frames.Select(frame => frame.Ssrc).Distinct().Count() == 2);
        Assert.Equal(2, heard.Select(frame => frame.Ssrc).Distinct().Count());
    }

    [Theory]
    [InlineData("AES_CM_128_HMAC_SHA1_80", 29)]
    [InlineData("F8_128_HMAC_SHA1_80", 30)]
    public async Task Keys_that_cannot_be_used_fail_the_stream(string suite, int length)
    {
        await using var studio = new Studio();
        var anna = await studio.Open(keying: new Keying.Sdes(suite, new byte[length], new byte[length]));
        Assert.Equal("bad-keying", (await studio.Events.Next<MediaEvent.Failed>(e => e.Stream == anna.Id)).Reason);
        Assert.Equal(0, studio.Engine.Counters.Streams);
    }

    [Fact]
    public async Task Dtls_is_refused_by_name()
    {
        await using var studio = new Studio();
        var anna = await studio.Open(keying: new Keying.Dtls("SHA-256 00:11", Active: true));
        Assert.Equal("dtls-not-supported", (await studio.Events.Next<MediaEvent.Failed>(e => e.Stream == anna.Id)).Reason);
    }

    internal static byte[] Key(byte seed) => [.. Enumerable.Range(0, 30).Select(i => (byte)(seed * 31 + i * 7))];

    static void Secure(RtpPeer peer, SrtpContext sealing, SrtpContext opening)
    {
        peer.Seal = bytes => Seal(sealing, bytes);
        peer.Open = bytes => Open(opening, bytes);
    }

    internal static byte[] Seal(SrtpContext context, byte[] bytes)
    {
        byte[] buffer = [.. bytes, .. new byte[SrtpContext.MaxOverheadBytes]];
        return buffer[..context.Protect(buffer, bytes.Length)];
    }

    internal static byte[]? Open(SrtpContext context, byte[] bytes)
    {
        var copy = bytes.ToArray();
        return context.TryUnprotect(copy, out var length) ? copy[..length] : null;
    }
}
