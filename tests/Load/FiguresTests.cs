using TeleCube.Load.Report;
using TeleCube.Load.Rtp;

namespace TeleCube.Load.Tests;

public sealed class FiguresTests
{
    [Fact]
    public void A_median_leaves_out_what_is_no_number() => Assert.Equal(2.5, Statistics.Median([4, double.NaN, 1, 2, 3]));

    [Fact]
    public void A_slope_is_per_unit_of_x() => Assert.Equal(3, Statistics.Slope([(0, 1), (1, 4), (2, 7)]), 9);

    [Fact]
    public void A_percentile_is_what_that_share_does_not_exceed()
    {
        var latency = new LatencyHistogram();
        for (var microsecond = 1; microsecond <= 1000; microsecond++) latency.Add(microsecond * 1000);
        Assert.Equal((500, 990, 999, 1000), (latency.At(0.5), latency.At(0.99), latency.At(0.999), latency.At(1)));
    }

    [Fact]
    public void Nothing_measured_is_no_percentile() => Assert.True(double.IsNaN(new LatencyHistogram().At(0.5)));

    [Fact]
    public void A_payload_survives_a_relay_that_rewrites_the_header()
    {
        var packet = new byte[RtpPayload.PacketBytes];
        RtpPayload.Prepare(packet, 1);
        var sent = new RtpPayload(7, 3, 1_234_567_890_123);
        sent.Write(packet, 65535, 160);
        packet.AsSpan(1, 11).Fill(0xff);
        Assert.True(RtpPayload.TryRead(packet, out var heard));
        Assert.Equal(sent, heard);
        Assert.False(RtpPayload.TryRead(packet.AsSpan(0, 171), out _));
    }
}
