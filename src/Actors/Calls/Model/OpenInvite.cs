using System.Text.Json.Serialization;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Model;

/// <summary>
/// An INVITE from the peer with its full Via stack, the flow by which it came, and what we answered: enough to answer it after a restart.
/// </summary>
public sealed record ReceivedInvite
{
    [JsonConverter(typeof(SipRequestConverter))]
    public required SipRequest Request { get; init; }

    public required SipFlow Flow { get; init; }

    public required ServerTransactionId Transaction { get; init; }

    /// <summary>The RSeq of the last reliable provisional response (RFC 3262), 0 if none was sent.</summary>
    public uint RSeq { get; init; }

    /// <summary>A reliable provisional response carried our session description: the answer, or the offer where the INVITE made none.</summary>
    public bool Described { get; init; }

    /// <summary>The 2xx that we sent and that waits for its ACK.</summary>
    [JsonConverter(typeof(SipResponseConverter))]
    public SipResponse? Answer { get; init; }
}

/// <summary>An INVITE of ours without a final answer: to be cancelled by its own branch, or answered late.</summary>
public sealed record SentInvite
{
    [JsonConverter(typeof(SipRequestConverter))]
    public required SipRequest Request { get; init; }

    public required SipTarget Target { get; init; }

    /// <summary>From which the branch is derived: the same INVITE sent again is a retransmission.</summary>
    public required string Seed { get; init; }

    /// <summary>A CANCEL is owed or on its way.</summary>
    public bool Cancelled { get; init; }
}
