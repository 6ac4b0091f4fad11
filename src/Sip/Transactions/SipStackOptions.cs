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

    /// <summary>A longer request is refused with 513; of a stream it ends the connection (<see cref="Parsing.SipFramerLimits"/>).</summary>
    public int MaxMessageBytes { get; init; } = 64 * 1024;

    /// <summary>What a refused caller is told to wait, plus up to as much again so that not all come back together.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// New INVITEs never refused for load, and the ACK and CANCEL of them: emergency calls. Their source may be banned, too.
    /// </summary>
    public Func<SipRequest, bool> IsExempt { get; init; } = _ => false;

    /// <summary>Beyond the limits so many exempt INVITEs are let in at once: who is asked for no password before may be anybody.</summary>
    public int MaxExemptBeyondLimits { get; init; } = 1_000;

    /// <summary>The tag is one of the user's own dialogs, not one that a stranger made up.</summary>
    public Func<string, bool> IsDialogTag { get; init; } = _ => true;

    /// <summary>A longer request goes by TCP where the target offers it (RFC 3261 §18.1.1).</summary>
    public int LongestUdpRequestBytes { get; init; } = 1_300;

    /// <summary>The cluster's key for branches, so that any node derives the same branch from a seed and no stranger can.</summary>
    public ReadOnlyMemory<byte> BranchKey { get; init; }

    public IRandomSource Random { get; init; } = new SystemRandomSource();
}
