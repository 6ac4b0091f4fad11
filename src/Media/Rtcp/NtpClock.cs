namespace TeleCube.Media.Rtcp;

/// <summary>NTP time (RFC 3550 §4) from the monotonic clock, so that a correction of the wall clock is not a round-trip time.</summary>
sealed class NtpClock(DateTimeOffset startedAt, long startedNs)
{
    static readonly DateTimeOffset Epoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly UInt128 _startNs = (UInt128)(startedAt - Epoch).TotalNanoseconds;

    /// <summary>Seconds since 1900 in 32.32 fixed point.</summary>
    public ulong At(long nowNs) => (ulong)(((_startNs + (UInt128)(nowNs - startedNs)) << 32) / 1_000_000_000);

    /// <summary>The middle 32 bits, as LSR carries them: 1/65536 s.</summary>
    public uint MiddleAt(long nowNs) => (uint)(At(nowNs) >> 16);
}
