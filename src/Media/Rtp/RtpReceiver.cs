namespace TeleCube.Media.Rtp;

/// <summary>What was received: extended sequence, loss (RFC 3550 A.1, A.3) and jitter (A.8), over all SSRCs that the peer used.</summary>
struct RtpReceiver(int clockRateHz)
{
    const int MaxDropout = 3000, MaxMisorder = 100;

    bool _started;
    uint _cycles, _base, _jitterTimes16;
    int _transit;
    uint _badSequence = uint.MaxValue;
    long _expectedPrior, _receivedPrior;      // of the current SSRC, at the last report
    long _receivedHere;                       // of the current SSRC
    long _lostBefore, _expectedBefore;        // of earlier SSRCs
    ushort _highest;

    public uint Ssrc { get; private set; }
    public long Packets { get; private set; }
    public long Bytes { get; private set; }
    public readonly bool Started => _started;
    public readonly uint ExtendedHighest => _cycles + _highest;
    public readonly uint Jitter => _jitterTimes16 >> 4;
    public readonly double JitterMs => Jitter * 1000.0 / clockRateHz;
    public readonly long Lost => Math.Max(0, _lostBefore + LostHere);
    public readonly long Expected => _expectedBefore + ExpectedHere;
    public readonly double LossPercent => Expected > 0 ? 100.0 * Lost / Expected : 0;

    readonly long ExpectedHere => _started ? ExtendedHighest - _base + 1L : 0;
    readonly long LostHere => ExpectedHere - _receivedHere;

    /// <summary>Events (RFC 4733) all carry their start's timestamp, so they say nothing of jitter.</summary>
    public void Received(uint ssrc, ushort sequence, uint timestamp, int bytes, bool isEvent, long nowNs)
    {
        if (!_started || ssrc != Ssrc) Restart(ssrc, sequence);
        else if (!Advance(sequence)) return;
        Packets++;
        Bytes += bytes;
        _receivedHere++;
        if (!isEvent) UpdateJitter(timestamp, nowNs);
    }

    /// <summary>Fraction lost since the last call, in 1/256 (RFC 3550 A.3).</summary>
    public byte TakeFractionLost()
    {
        var expected = ExpectedHere - _expectedPrior;
        var lost = expected - (_receivedHere - _receivedPrior);
        (_expectedPrior, _receivedPrior) = (ExpectedHere, _receivedHere);
        return expected <= 0 || lost <= 0 ? (byte)0 : (byte)Math.Min(255, (lost << 8) / expected);
    }

    /// <summary>24-bit signed cumulative loss of the current SSRC.</summary>
    public readonly int CumulativeLost => (int)Math.Clamp(LostHere, -0x800000, 0x7FFFFF);

    void Restart(uint ssrc, ushort sequence)
    {
        _expectedBefore += ExpectedHere;
        _lostBefore += Math.Max(0, LostHere);
        (_started, Ssrc, _cycles, _base, _highest) = (true, ssrc, 0, sequence, sequence);
        (_receivedHere, _expectedPrior, _receivedPrior, _badSequence, _transit) = (0, 0, 0, uint.MaxValue, 0);
    }

    bool Advance(ushort sequence)
    {
        var ahead = (ushort)(sequence - _highest);
        if (ahead < MaxDropout)
        {
            if (sequence < _highest) _cycles += 0x10000;
            _highest = sequence;
        }
        else if (ahead <= 0x10000 - MaxMisorder)
        {
            // A big jump: taken only when two packets in a row say so, the peer restarted without changing its SSRC.
            if (sequence != _badSequence)
            {
                _badSequence = (ushort)(sequence + 1);
                return false;
            }
            Restart(Ssrc, sequence);
        }
        return true;
    }

    void UpdateJitter(uint timestamp, long nowNs)
    {
        var arrival = (int)(nowNs / 1000 * (clockRateHz / 1000) / 1000);
        var transit = unchecked(arrival - (int)timestamp);
        if (_receivedHere > 1)
        {
            var d = Math.Abs((long)unchecked(transit - _transit));
            if (d < clockRateHz * 4L) _jitterTimes16 = (uint)(_jitterTimes16 + d - ((_jitterTimes16 + 8) >> 4)); // a source change is not jitter
        }
        _transit = transit;
    }
}
