using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Transactions;

/// <summary>Settings of a <see cref="SipStack"/>; the defaults suit a public exchange.</summary>
public sealed record SipStackOptions
{
    public SipTimers Timers { get; init; } = SipTimers.Default;

    /// <summary>An INVITE without an answer for so long gets a 100 (RFC 3261 §17.2.1).</summary>
    public TimeSpan TryingAfter { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>An INVITE for which the user has nothing more to say for so long is refused: no transaction outlives a dead user.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Server transactions remembered at once; each costs about 1.5 kB for 32 s.</summary>
    public int MaxServerTransactions { get; init; } = 200_000;

    /// <summary>New INVITEs that may wait for a first word of the user: more than this means that the exchange can't keep up.</summary>
    public int MaxUnansweredInvites { get; init; } = 1_000;

    /// <summary>Received messages that may wait for the loop; what comes beyond is dropped and comes again.</summary>
    public int InboundCapacity { get; init; } = 8_192;

    /// <summary>What a refused caller is told to wait, plus up to as much again so that not all come back together.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests never refused for load: emergency calls.</summary>
    public Func<SipRequest, bool> IsExempt { get; init; } = _ => false;

    /// <summary>A longer request goes by TCP where the target offers it (RFC 3261 §18.1.1).</summary>
    public int LongestUdpRequestBytes { get; init; } = 1_300;

    /// <summary>The cluster's key for branches, so that any node derives the same branch from a seed and no stranger can.</summary>
    public ReadOnlyMemory<byte> BranchKey { get; init; }

    public IRandomSource Random { get; init; } = new SystemRandomSource();
}
