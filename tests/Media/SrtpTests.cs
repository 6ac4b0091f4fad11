using TeleCube.Media.Srtp;

namespace TeleCube.Media.Tests;

public sealed unsafe class SrtpTests
{
    const string Suite80 = "AES_CM_128_HMAC_SHA1_80", Suite32 = "AES_CM_128_HMAC_SHA1_32";

    // The key and packets of libsrtp's srtp_validate; its key is that of RFC 3711 B.3.
    static readonly byte[] Master = Convert.FromHexString("E1F97A0D3E018BE0D64FA32C06DE41390EC675AD498AFEEBB6960B3AABE6");
    static readonly byte[] Rtp = Convert.FromHexString("800F1234DECAFBADCAFEBABEABABABABABABABABABABABABABABABAB");
    static readonly byte[] Srtp = Convert.FromHexString("800F1234DECAFBADCAFEBABE4E55DC4CE79978D88CA4D215949D2402B78D6ACC99EA179B8DBB");
    static readonly byte[] Rtcp = Convert.FromHexString("81C8000BCAFEBABEABABABABABABABABABABABABABABABAB");
    static readonly byte[] Srtcp = Convert.FromHexString("81C8000BCAFEBABE7128035BE487B9BDBEF89041F977A5A880000001993E08CD54D6C1230798");

    [Theory]
    [InlineData(0, "C61E7A93744F39EE10734AFE3FF7A087")]
    [InlineData(2, "30CBBC08863D8C85D49DB34A9AE1")]
    [InlineData(1, "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA48F0A0ACF3C34E2359E6CDBCEE049646C43D9327AD175578EF72270986371C10C9A369AC2F94A8C5FBCDDDC256D6E919A48B610EF17C2041E474035766B68642C59BBFC2F34DB60DBDFB2DC68")]
    public void Rfc3711_B3_key_derivation(byte label, string expected)
    {
        var key = SrtpKeyDerivation.Derive(Master.AsSpan(0, 16), Master.AsSpan(16), label, expected.Length / 2);
        Assert.Equal(expected, Convert.ToHexString(key));
    }

    [Fact]
    public void Rfc3711_B2_AES_counter_mode()
    {
        using var cipher = new AesCounter(Convert.FromHexString("2B7E151628AED2A6ABF7158809CF4F3C"));
        var iv = Convert.FromHexString("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000");
        var stream = new byte[48];
        fixed (byte* i = iv, s = stream) cipher.Apply(i, s, stream.Length);
        Assert.Equal("E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0", Convert.ToHexString(stream));
    }

    [Theory]
    [InlineData(Suite80, 10)]
    [InlineData(Suite32, 4)]
    public void A_packet_is_protected_as_libsrtp_does(string suite, int tagBytes)
    {
        using var context = Create(suite);
        byte[] buffer = [.. Rtp, .. new byte[14]];
        Assert.Equal(Rtp.Length + tagBytes, context.Protect(buffer, Rtp.Length));
        Assert.Equal(Srtp[..(Rtp.Length + tagBytes)], buffer[..(Rtp.Length + tagBytes)]);
    }

    [Fact]
    public void A_packet_of_libsrtp_is_opened_once_only()
    {
        using var context = Create(Suite80);
        var packet = Srtp.ToArray();
        Assert.True(context.TryUnprotect(packet, out var length));
        Assert.Equal(Rtp, packet[..length]);
        Assert.False(context.TryUnprotect(Srtp.ToArray(), out _));
    }

    [Theory]
    [InlineData(Suite80)]
    [InlineData(Suite32)]
    public void Rtcp_is_protected_as_libsrtp_does_with_80_bits_in_both_suites(string suite)
    {
        using var sender = Create(suite);
        byte[] buffer = [.. Rtcp, .. new byte[14]];
        Assert.Equal(Srtcp.Length, sender.ProtectRtcp(buffer, Rtcp.Length));
        Assert.Equal(Srtcp, buffer);

        using var receiver = Create(suite);
        Assert.True(receiver.TryUnprotectRtcp(buffer, out var length));
        Assert.Equal(Rtcp, buffer[..length]);
        Assert.False(receiver.TryUnprotectRtcp(Srtcp.ToArray(), out _));
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_refused_and_changes_nothing()
    {
        using var context = Create(Suite80);
        for (var bit = 0; bit < Srtp.Length * 8; bit++)
        {
            var packet = Srtp.ToArray();
            packet[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.False(context.TryUnprotect(packet, out _), $"bit {bit}");
        }
        Assert.True(context.TryUnprotect(Srtp.ToArray(), out _));
    }

    [Fact]
    public void Every_prefix_is_refused()
    {
        using var context = Create(Suite80);
        for (var length = 0; length < Srtp.Length; length++) Assert.False(context.TryUnprotect(Srtp.AsSpan(0, length).ToArray(), out _));
        for (var length = 0; length < Srtcp.Length; length++) Assert.False(context.TryUnprotectRtcp(Srtcp.AsSpan(0, length).ToArray(), out _));
    }

    [Fact]
    public void The_roll_over_counter_survives_loss_and_reordering()
    {
        using var sender = Create(Suite80);
        using var receiver = Create(Suite80);
        var late = Sealed(sender, 65534);
        Assert.True(receiver.TryUnprotect(Sealed(sender, 65533), out _));
        var wrapped = Sealed(sender, 2); // 65535, 0 and 1 were lost
        Assert.True(receiver.TryUnprotect(wrapped, out _));
        Assert.True(receiver.TryUnprotect(late, out _));
        for (var i = 3; i < 200_000; i += 17) Assert.True(receiver.TryUnprotect(Sealed(sender, (ushort)i), out _), $"at {i}");
    }

    [Theory]
    [InlineData(Suite80)]
    [InlineData(Suite32)]
    public void Who_comes_late_finds_the_roll_over_counter_by_the_first_packet(string suite)
    {
        using var sender = Create(suite);
        for (var i = 0; i < 3 * 65536; i += 1000) Sealed(sender, (ushort)i);
        var (first, second, renewed) = (Sealed(sender, 500), Sealed(sender, 501), Sealed(sender, 7, ssrc: 2));
        using var ignorant = Create(suite);
        Assert.False(ignorant.TryUnprotect(first.ToArray(), out _));

        using var receiver = SrtpContext.TryCreate(suite, Master, findRollOver: true)!;
        using var forger = SrtpContext.TryCreate(suite, Master.Reverse().ToArray())!;
        Assert.False(receiver.TryUnprotect(Sealed(forger, 500), out _));
        Assert.True(receiver.TryUnprotect(second.ToArray(), out _));
        Assert.True(receiver.TryUnprotect(first, out var length));
        Assert.Equal(Rtp[12..], first[12..length]);
        Assert.False(receiver.TryUnprotect(second.ToArray(), out _), "replayed");
        Assert.True(receiver.TryUnprotect(renewed, out _), "another SSRC begins at roll-over 0");
        for (var i = 502; i < 2 * 65536; i += 1000) Assert.True(receiver.TryUnprotect(Sealed(sender, (ushort)i), out _), $"at {i}");
    }

    [Fact]
    public void A_flood_of_forged_packets_gets_few_searches_and_still_the_peer_is_found()
    {
        using var sender = Create(Suite80);
        for (var i = 0; i < 3 * 65536; i += 1000) Sealed(sender, (ushort)i);
        using var receiver = SrtpContext.TryCreate(Suite80, Master, findRollOver: true)!;
        using var forger = SrtpContext.TryCreate(Suite80, Master.Reverse().ToArray())!;
        for (var i = 0; i < 8; i++) Assert.False(receiver.TryUnprotect(Sealed(forger, (ushort)i), out _));
        Assert.False(receiver.TryUnprotect(Sealed(sender, 500), out _), "the first searches are used up");

        // As many forged packets as genuine ones: neither kind has all of the turns.
        var found = 0;
        for (ushort i = 1; i <= 40 && found == 0; i++)
        {
            Assert.False(receiver.TryUnprotect(Sealed(forger, (ushort)(100 + i)), out _));
            if (receiver.TryUnprotect(Sealed(sender, (ushort)(500 + i)), out _)) found = i;
        }
        Assert.InRange(found, 2, 34);
        for (ushort i = 600; i < 700; i++)
        {
            Assert.False(receiver.TryUnprotect(Sealed(forger, i), out _));
            Assert.True(receiver.TryUnprotect(Sealed(sender, i), out _));
        }
    }

    [Theory]
    [InlineData(100, 20_000)] // what comes then seems forged
    [InlineData(20_000, 100)] // or seems old
    [InlineData(100, 50_000)] // or from before the beginning
    public void An_old_packet_played_again_first_does_not_shut_out_the_peer(ushort old, ushort now)
    {
        using var sender = Create(Suite80);
        var replayed = Sealed(sender, old);
        for (var i = old + 1000; i < (3 * 65536) + now - 100; i += 1000) Sealed(sender, (ushort)i);
        using var receiver = SrtpContext.TryCreate(Suite80, Master, findRollOver: true)!;
        Assert.True(receiver.TryUnprotect(replayed.ToArray(), out _));
        for (var i = 0; i < 16; i++) Assert.False(receiver.TryUnprotect(Sealed(sender, now++), out _));
        for (var i = 0; i < 100; i++) Assert.True(receiver.TryUnprotect(Sealed(sender, now++), out _));
        Assert.False(receiver.TryUnprotect(replayed.ToArray(), out _));
    }

    [Fact]
    public void Who_is_heard_from_the_beginning_is_searched_for_nothing()
    {
        using var sender = Create(Suite80);
        using var receiver = Create(Suite80);
        Assert.True(receiver.TryUnprotect(Sealed(sender, 1), out _));
        for (var i = 1000; i < 2 * 65536; i += 1000) Sealed(sender, (ushort)i);
        for (ushort i = 0; i < 100; i++) Assert.False(receiver.TryUnprotect(Sealed(sender, i), out _));
    }

    [Fact]
    public void An_index_is_never_used_twice_for_sending()
    {
        using var sender = Create(Suite80);
        Assert.NotEmpty(Sealed(sender, 7));
        Assert.Empty(Sealed(sender, 7));
    }

    [Fact]
    public void A_new_SSRC_is_taken_and_the_old_one_cannot_be_replayed()
    {
        using var sender = Create(Suite80);
        using var receiver = Create(Suite80);
        var old = Sealed(sender, 100, ssrc: 1);
        Assert.True(receiver.TryUnprotect(old.ToArray(), out _));
        Assert.True(receiver.TryUnprotect(Sealed(sender, 5, ssrc: 2), out _));
        Assert.False(receiver.TryUnprotect(old.ToArray(), out _));
    }

    [Fact]
    public void Neither_direction_allocates()
    {
        using var sender = Create(Suite80);
        using var receiver = Create(Suite80);
        var buffer = new byte[12 + 160 + SrtpContext.MaxOverheadBytes];
        void Pass(ushort sequence)
        {
            Rtp.AsSpan(0, 12).CopyTo(buffer);
            (buffer[2], buffer[3]) = ((byte)(sequence >> 8), (byte)sequence);
            var length = sender.Protect(buffer, 172);
            receiver.TryUnprotect(buffer.AsSpan(0, length), out _);
        }
        using var late = SrtpContext.TryCreate(Suite80, Master, findRollOver: true)!;
        var forged = new byte[172];
        Rtp.AsSpan(0, 12).CopyTo(forged);
        late.TryUnprotect(forged, out _);
        Pass(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (ushort i = 2; i < 500; i++) Pass(i);
        for (ushort i = 0; i < 100; i++) late.TryUnprotect(forged, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    static SrtpContext Create(string suite) => SrtpContext.TryCreate(suite, Master)!;

    static byte[] Sealed(SrtpContext context, ushort sequence, byte ssrc = 0xBE)
    {
        byte[] packet = [.. Rtp, .. new byte[14]];
        (packet[2], packet[3], packet[11]) = ((byte)(sequence >> 8), (byte)sequence, ssrc);
        return packet[..context.Protect(packet, Rtp.Length)];
    }
}
