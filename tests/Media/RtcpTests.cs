using TeleCube.Media.Rtcp;
using TeleCube.Media.Rtp;

namespace TeleCube.Media.Tests;

public sealed class RtcpTests
{
    const long Second = 1_000_000_000;

    [Fact]
    public void A_compound_is_read_back_as_it_was_written()
    {
        var info = new SenderInfo(0xCAFE, 0x1122334455667788, 8000, 50, 8000);
        var block = new ReportBlock(0xBEEF, 12, -3, 0x1_0005, 40, 0xAABBCCDD, 65536);
        var bytes = new byte[256];
        var length = RtcpWriter.WriteReport(bytes, 0xCAFE, info, block, "telecube"u8);
        length += RtcpWriter.WriteGoodbye(bytes.AsSpan(length), 0xCAFE);
        Assert.Equal(0, length % 4);

        var reader = new RtcpReader(bytes.AsSpan(0, length));
        Assert.True(reader.MoveNext() && reader.TrySenderInfo(out var readInfo) && readInfo == info);
        Assert.True(reader.TryBlock(0, out var readBlock) && readBlock == block);
        Assert.False(reader.TryBlock(1, out _));
        Assert.True(reader.MoveNext());
        Assert.Equal((RtcpReader.SourceDescription, 1), (reader.Type, reader.Count));
        Assert.True(reader.MoveNext());
        Assert.Equal(RtcpReader.Goodbye, reader.Type);
        Assert.False(reader.MoveNext());
    }

    [Fact]
    public void A_receiver_report_with_a_block_is_32_bytes()
    {
        var bytes = new byte[128];
        RtcpWriter.WriteReport(bytes, 1, null, new ReportBlock(2, 0, 0, 0, 0, 0, 0), "x"u8);
        Assert.Equal("81C90007", Convert.ToHexString(bytes.AsSpan(0, 4)));
    }

    [Fact]
    public void Every_prefix_and_any_bytes_are_read_without_harm()
    {
        var bytes = new byte[256];
        var length = RtcpWriter.WriteReport(bytes, 1, new SenderInfo(1, 2, 3, 4, 5), new ReportBlock(2, 0, 0, 0, 0, 0, 0), "name"u8);
        var random = new Random(3);
        for (var round = 0; round < 20_000; round++)
        {
            var copy = bytes.AsSpan(0, random.Next(0, length)).ToArray();
            if (copy.Length > 0) copy[random.Next(copy.Length)] ^= (byte)random.Next(256);
            var reader = new RtcpReader(copy);
            while (reader.MoveNext())
                for (var n = 0; reader.TryBlock(n, out _) || reader.TrySenderInfo(out _) && n < 1; n++) { }
        }
    }

    [Fact]
    public void The_round_trip_is_the_example_of_RFC_3550_figure_2()
    {
        // LSR 0xb705:2000, DLSR 5.250 s, the report arrives at 0xb710:8000: 6.125 s.
        var clock = new NtpClock(new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero), 0);
        var arrival = (long)((UInt128)0xb7108000UL * (ulong)Second / 65536);
        Assert.Equal(0xb7108000u, clock.MiddleAt(arrival + 1));
        var session = new RtcpSession(5 * Second);
        var bytes = new byte[128];
        var length = RtcpWriter.WriteReport(bytes, 9, null, new ReportBlock(1, 0, 0, 0, 0, 0xb7052000, 0x00054000), "x"u8);
        session.Received(bytes.AsSpan(0, length), 1, clock, arrival + 1);
        Assert.Equal(6125, session.RoundTripMs!.Value, 1);
    }

    [Fact]
    public void A_block_about_somebody_else_is_not_ours()
    {
        var session = new RtcpSession(5 * Second);
        var bytes = new byte[128];
        var length = RtcpWriter.WriteReport(bytes, 9, null, new ReportBlock(2, 0, 7, 0, 80, 1, 0), "x"u8);
        session.Received(bytes.AsSpan(0, length), 1, new NtpClock(DateTimeOffset.UnixEpoch, 0), Second);
        Assert.Null(session.RemoteLost);
        Assert.Null(session.RoundTripMs);
    }

    [Fact]
    public void Our_block_carries_the_last_sender_report_and_its_age()
    {
        var session = new RtcpSession(5 * Second);
        var bytes = new byte[128];
        var length = RtcpWriter.WriteReport(bytes, 9, new SenderInfo(9, 0x0000_1234_5678_0000, 0, 1, 1), null, "x"u8);
        session.Received(bytes.AsSpan(0, length), 1, new NtpClock(DateTimeOffset.UnixEpoch, 0), 10 * Second);
        var receiver = new RtpReceiver(8000);
        receiver.Received(9, 77, 0, 160, false, 0);
        var block = session.Block(ref receiver, 12 * Second)!.Value;
        Assert.Equal((9u, 0x12345678u, 2u * 65536, 77u),
            (block.Ssrc, block.LastSenderReport, block.DelaySinceLastSenderReport, block.HighestSequence));
    }

    [Fact]
    public void Reports_are_spread_from_half_to_one_and_a_half_intervals()
    {
        var session = new RtcpSession(5 * Second);
        session.TakeTurn(Second);
        var (last, gaps) = (Second, new List<double>());
        for (var now = Second; now < 500 * Second; now += Second / 10)
        {
            if (!session.TakeTurn(now)) continue;
            gaps.Add((now - last) / (double)Second);
            last = now;
        }
        Assert.All(gaps, gap => Assert.InRange(gap, 2.4, 7.7));
        Assert.InRange(gaps.Average(), 4, 6);
    }

    [Theory] // one-way delay ms, loss % -> MOS, for G.711 with concealment
    [InlineData(0, 0, 4.41)]
    [InlineData(20, 0, 4.40)]
    [InlineData(150, 0, 4.34)]
    [InlineData(20, 1, 4.32)]
    [InlineData(20, 5, 3.93)]
    [InlineData(400, 0, 3.05)]
    [InlineData(20, 100, 1.16)]
    public void Mos(double delay, double loss, double expected) => Assert.InRange(EModel.Mos(delay, loss), expected - 0.08, expected + 0.08);
}
