using TeleCube.Media.Rtp;

namespace TeleCube.Media.Tests;

public sealed class RtpTests
{
    const long Ms = 1_000_000;

    [Fact]
    public void A_packet_is_read_as_RFC_3550_draws_it()
    {
        var bytes = Convert.FromHexString("80E5123400000FA0DEADBEEF0A0B");
        Assert.True(RtpPacket.TryParse(bytes, out var packet));
        Assert.True(packet.Marker);
        Assert.Equal((101, 0x1234, 4000u, 0xDEADBEEF), (packet.PayloadType, packet.Sequence, packet.Timestamp, packet.Ssrc));
        Assert.Equal([10, 11], packet.Payload.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("80E5123400000FA0DEADBE")]                 // 11 bytes
    [InlineData("40E5123400000FA0DEADBEEF")]               // version 1
    [InlineData("81E5123400000FA0DEADBEEF")]               // a CSRC that isn't there
    [InlineData("90E5123400000FA0DEADBEEFBEDE")]           // half an extension header
    [InlineData("90E5123400000FA0DEADBEEFBEDE000100")]     // an extension longer than the packet
    [InlineData("A0E5123400000FA0DEADBEEF00")]             // padding of no bytes
    [InlineData("A0E5123400000FA0DEADBEEF02")]             // padding into the header
    public void What_is_not_whole_is_refused(string hex) => Assert.False(RtpPacket.TryParse(Convert.FromHexString(hex), out _));

    [Fact]
    public void Any_bytes_parse_or_not_but_never_throw()
    {
        var random = new Random(5);
        for (var i = 0; i < 100_000; i++)
        {
            var bytes = new byte[random.Next(0, 40)];
            random.NextBytes(bytes);
            if (bytes.Length > 0) bytes[0] = (byte)(0x80 | bytes[0] & 0x3F);
            if (RtpPacket.TryParse(bytes, out var packet)) Assert.Equal(packet.PayloadLength, packet.Payload.Length);
        }
    }

    [Theory] // sequence numbers received -> lost, expected
    [InlineData(new[] { 10, 11, 12 }, 0, 3)]
    [InlineData(new[] { 10, 12 }, 1, 3)]
    [InlineData(new[] { 10, 12, 11 }, 0, 3)]
    [InlineData(new[] { 65534, 65535, 1 }, 1, 4)]
    [InlineData(new[] { 10, 30000 }, 0, 1)]               // one wild packet is not believed
    [InlineData(new[] { 10, 11, 30000, 30001 }, 0, 3)]    // two are: the peer started anew (the first of them stays uncounted)
    public void Loss_by_RFC_3550_A3(int[] sequences, long lost, long expected)
    {
        var receiver = new RtpReceiver(8000);
        foreach (var sequence in sequences) receiver.Received(1, (ushort)sequence, (uint)sequence * 160, 160, false, 0);
        Assert.Equal((lost, expected), (receiver.Lost, receiver.Expected));
    }

    [Fact]
    public void The_fraction_lost_counts_from_report_to_report()
    {
        var receiver = new RtpReceiver(8000);
        foreach (ushort sequence in new ushort[] { 1, 2, 3, 5, 6, 7, 8 }) receiver.Received(1, sequence, 0, 160, true, 0);
        Assert.Equal(32, receiver.TakeFractionLost()); // 1 of 8
        receiver.Received(1, 9, 0, 160, true, 0);
        Assert.Equal(0, receiver.TakeFractionLost());
        Assert.Equal(1, receiver.CumulativeLost);
    }

    [Fact]
    public void Jitter_by_RFC_3550_A8()
    {
        var receiver = new RtpReceiver(8000);
        for (var i = 0; i < 500; i++) receiver.Received(1, (ushort)i, (uint)i * 160, 160, false, i * 20 * Ms);
        Assert.Equal(0, receiver.JitterMs);
        // Every other packet 10 ms late: |D| is 80 units each time, to which the estimate converges.
        for (var i = 500; i < 1500; i++) receiver.Received(1, (ushort)i, (uint)i * 160, 160, false, (i * 20 + i % 2 * 10) * Ms);
        Assert.InRange(receiver.JitterMs, 9, 10);
    }

    [Fact]
    public void A_new_SSRC_keeps_the_totals()
    {
        var receiver = new RtpReceiver(8000);
        receiver.Received(1, 100, 0, 160, false, 0);
        receiver.Received(1, 102, 0, 160, false, 0);
        receiver.Received(2, 50_000, 0, 160, false, 0);
        Assert.Equal((3L, 1L, 4L), (receiver.Packets, receiver.Lost, receiver.Expected));
        Assert.Equal(0, receiver.CumulativeLost); // RTCP reports per SSRC
    }

    [Fact]
    public void A_new_source_goes_on_at_the_next_number_and_at_the_time_that_passed()
    {
        var sender = new RtpSender(8000, 99, 1000, 50_000);
        var first = Relay(ref sender, source: 7, sequence: 500, timestamp: 9_000, at: 0);
        Assert.Equal(new RtpNumbers(1001, 50_000, true), first);
        Assert.Equal(new RtpNumbers(1002, 50_160, false), Relay(ref sender, 7, 501, 9_160, 20));
        Assert.Equal(new RtpNumbers(1003, 50_960, true), Relay(ref sender, 8, 3, 77, 120)); // 100 ms later
        var played = sender.Next(1, 160, 140 * Ms);
        Assert.Equal(new RtpNumbers(1004, 51_120, true), played);
        sender.Sent(played, 160, 160, 140 * Ms);
        Assert.Equal(new RtpNumbers(1005, 51_280, false), sender.Next(1, 160, 160 * Ms));
    }

    [Fact]
    public void A_packet_older_than_its_source_is_not_sent_under_anothers_number()
    {
        var sender = new RtpSender(8000, 99, 1000, 50_000);
        Relay(ref sender, 7, 500, 9_000, 0);
        Relay(ref sender, 8, 300, 0, 20);
        Assert.False(sender.Map(8, 299, 0, 160, 21 * Ms, out _));
        Assert.True(sender.Map(8, 301, 160, 160, 22 * Ms, out var next));
        Assert.Equal(1003, next.Sequence);
    }

    [Fact]
    public void A_skipped_packet_leaves_no_gap()
    {
        var sender = new RtpSender(8000, 99, 1000, 0);
        Relay(ref sender, 7, 500, 0, 0);
        sender.Skip(7, 501);
        sender.Skip(7, 502);
        Assert.Equal(1002, Relay(ref sender, 7, 503, 480, 60).Sequence);
    }

    static RtpNumbers Relay(ref RtpSender sender, ulong source, ushort sequence, uint timestamp, long at)
    {
        Assert.True(sender.Map(source, sequence, timestamp, 160, at * Ms, out var numbers));
        sender.Sent(numbers, 160, 160, at * Ms);
        return numbers;
    }
}
