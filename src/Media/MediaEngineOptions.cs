namespace TeleCube.Media;

/// <summary>Settings of the media engine; the defaults are for production.</summary>
public sealed record MediaEngineOptions
{
    /// <summary>Epoll loops, each a thread; 0 = one per core.</summary>
    public int Loops { get; init; }

    /// <summary>
    /// How many streams a loop takes before the next one gets any: a thread that wakes for several packets at once costs less than several that wake for
    /// one each. Beyond that the streams are spread evenly. 400 streams take about a quarter of a core.
    /// </summary>
    public int FillLoop { get; init; } = 400;

    /// <summary>The IP type-of-service byte of RTP and RTCP; 0xB8 = expedited forwarding (RFC 3246).</summary>
    public int TypeOfService { get; init; } = 0xB8;

    /// <summary>After how much silence of the latched source another one that proves itself is followed.</summary>
    public TimeSpan RelatchAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long, from the answer on, the announced address may displace a source that was latched at another port of a host that is known.</summary>
    public TimeSpan LatchProbation { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long after the answer a peer behind NAT must not have been heard before a host that nothing is known of is taken for it.</summary>
    public TimeSpan StrangerAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Mean interval of RTCP reports; each is randomised by half of it (RFC 3550 §6.2).</summary>
    public TimeSpan RtcpInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many frames a player catches up after a late tick; the rest is left out and counted.</summary>
    public int MaxCatchUpTicks { get; init; } = 5;

    /// <summary>Mean level below which audio counts as silence, in dB relative to full scale.</summary>
    public double SilenceLevelDb { get; init; } = -45;

    /// <summary>Length of a digit and of the pause after it when we send DTMF.</summary>
    public TimeSpan DigitLength { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan DigitGap { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>An RFC 4733 event whose end packets were all lost ends after this silence.</summary>
    public TimeSpan DigitLostAfter { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How many bytes of decoded prompts and music are kept in memory.</summary>
    public long AudioCacheBytes { get; init; } = 64L << 20;

    /// <summary>The longest file that may be played, in bytes of audio at 8000 a second.</summary>
    public int MaxClipBytes { get; init; } = 16 << 20;

    public RecordingFormat RecordingFormat { get; init; } = RecordingFormat.ALaw;

    /// <summary>The name in RTCP SDES; says nothing of users.</summary>
    public string CanonicalName { get; init; } = "telecube";
}

/// <summary>How recordings are written: A-law as it came (WAV format 6), or 16-bit PCM.</summary>
public enum RecordingFormat { ALaw, Pcm }
