using TeleCube.Media.Rtp;

namespace TeleCube.Media.Rtcp;

/// <summary>What RTCP tells of one stream: when to report, what the peer reports of us, the round trip.</summary>
struct RtcpSession(long intervalNs)
{
    long _nextNs, _lastReportAtNs, _sentAtLastReport;
    uint _lastReport;

    public double? RoundTripMs { get; private set; }
    public uint? RemoteJitter { get; private set; }
    public int? RemoteLost { get; private set; }

    /// <summary>True when a report is due; the next is drawn from 0.5 to 1.5 intervals (RFC 3550 §6.2, the minimum for so few participants).</summary>
    public bool TakeTurn(long nowNs)
    {
        if (nowNs < _nextNs) return false;
        var isFirst = _nextNs == 0;
        _nextNs = nowNs + (long)(intervalNs * (0.5 + Random.Shared.NextDouble()));
        return !isFirst;
    }

    /// <summary>RFC 3550 §6.4: an SR only when something was sent since the last report.</summary>
    public bool TakeSent(long packets)
    {
        var sent = packets > _sentAtLastReport;
        _sentAtLastReport = packets;
        return sent;
    }

    public readonly ReportBlock? Block(ref RtpReceiver receiver, long nowNs)
    {
        if (!receiver.Started) return null;
        var delay = _lastReport == 0 ? 0 : (uint)((nowNs - _lastReportAtNs) / 1000 * 65536 / 1_000_000);
        return new(receiver.Ssrc, receiver.TakeFractionLost(), receiver.CumulativeLost, receiver.ExtendedHighest, receiver.Jitter, _lastReport, delay);
    }

    public void Received(ReadOnlySpan<byte> compound, uint ourSsrc, NtpClock clock, long nowNs)
    {
        var reader = new RtcpReader(compound);
        while (reader.MoveNext())
        {
            if (reader.TrySenderInfo(out var info)) (_lastReport, _lastReportAtNs) = ((uint)(info.Ntp >> 16), nowNs);
            for (var n = 0; reader.TryBlock(n, out var block); n++)
                if (block.Ssrc == ourSsrc) Heard(block, clock.MiddleAt(nowNs));
        }
    }

    void Heard(in ReportBlock block, uint now)
    {
        (RemoteJitter, RemoteLost) = (block.Jitter, block.CumulativeLost);
        if (block.LastSenderReport == 0) return;
        var trip = (int)(now - block.LastSenderReport - block.DelaySinceLastSenderReport); // RFC 3550 §6.4.1, figure 2
        if (trip is >= 0 and < 60 * 65536) RoundTripMs = trip * 1000.0 / 65536;
    }
}
