namespace TeleCube.Sip.Transactions;

/// <summary>T1, T2 and T4 of RFC 3261 §17.1.1.1; every other timer is computed from them.</summary>
public sealed record SipTimers(TimeSpan T1, TimeSpan T2, TimeSpan T4)
{
    public static readonly SipTimers Default = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));

    /// <summary>64*T1: timers B, F, H, J, L, M, and how long an ACK or a PRACK may be missing.</summary>
    public TimeSpan Life => T1 * 64;

    /// <summary>How long a client takes to back its timer E off to T2: a server sends no 100 before (RFC 4320 §4.1).</summary>
    public TimeSpan QuietBeforeTrying
    {
        get
        {
            var passed = TimeSpan.Zero;
            for (var e = T1; e < T2; e *= 2) passed += e;
            return passed;
        }
    }

    public TimerValues Unreliable => new(T1, D: Max(Life, TimeSpan.FromSeconds(32)), I: T4, J: Life, K: T4);

    static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}

/// <summary>Timers whose value depends on the transport; <paramref name="Resend"/> is where A, E and G begin.</summary>
public sealed record TimerValues(TimeSpan Resend, TimeSpan D, TimeSpan I, TimeSpan J, TimeSpan K)
{
    /// <summary>Nothing is resent over a reliable transport, and nothing late has to be waited for.</summary>
    public static readonly TimerValues Reliable = new(Timeout.InfiniteTimeSpan, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
}
