using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Trunks;

/// <summary>What calls, the platform and the SIP stack say to a trunk's actor, and what calls hear back.</summary>
public abstract record TrunkMessage
{
    TrunkMessage() { }

    /// <summary>
    /// Asks for a channel for one leg; <paramref name="Emergency"/> is granted even beyond the limit. Repeating it for a leg is harmless.
    /// </summary>
    public sealed record SeizeChannel(string Leg, bool Emergency = false) : TrunkMessage;

    public sealed record ChannelGranted(TrunkId Trunk, string Leg) : TrunkMessage;

    /// <summary><paramref name="Code"/>: <c>trunk-full</c>, <c>trunk-disabled</c>.</summary>
    public sealed record ChannelRefused(TrunkId Trunk, string Leg, string Code) : TrunkMessage;

    public sealed record ReleaseChannel(string Leg) : TrunkMessage;

    /// <summary>A call heard nothing at all from the carrier: for a while it is tried last.</summary>
    public sealed record ReportSilence(string Reason) : TrunkMessage
    {
        /// <summary>Which of its addresses was silent; null: the one in use.</summary>
        public SipTarget? Target { get; init; }
    }

    /// <summary>The operator changed the trunk, or made it.</summary>
    public sealed record Configure(TrunkConfig Config) : TrunkMessage;

    /// <summary>The operator deleted it: unregister and stop.</summary>
    public sealed record Remove : TrunkMessage;

    /// <summary>Answered with a <see cref="TrunkStatus"/>.</summary>
    public sealed record GetStatus : TrunkMessage;

    /// <summary>From the stack's user: a response to a request with a <see cref="TrunkSent"/> context.</summary>
    public sealed record Answered(TrunkSent Sent, SipResponse Response) : TrunkMessage;

    /// <summary>From the stack's user: no response to it.</summary>
    public sealed record Unanswered(TrunkSent Sent, TransactionFailure Why) : TrunkMessage;

    internal sealed record Resolved(long Configuration, TargetResolution Resolution) : TrunkMessage;

    internal sealed record ResolveNow : TrunkMessage;

    internal sealed record RegisterNow : TrunkMessage;

    internal sealed record PingNow : TrunkMessage;

    internal sealed record PingOverdue(long Attempt) : TrunkMessage;

    internal sealed record TryAgain : TrunkMessage;
}

/// <summary>The context of a trunk's own requests: who sent it, what for, and which try it was.</summary>
public sealed record TrunkSent(TrunkId Trunk, TrunkPurpose Purpose, long Attempt);

/// <summary>What a request of the trunk itself is for.</summary>
public enum TrunkPurpose { Register, Unregister, Ping }
