using System.Text.Json.Serialization;
using TeleCube.Actors.Queues;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Model;

/// <summary>Who sent the INVITE of a leg: the peer (we are UAS) or we (UAC).</summary>
public enum LegRole { Uas, Uac }

/// <summary>How far a leg has come.</summary>
public enum LegPhase { Inviting, Ringing, Answered, Talking, Ended }

/// <summary>One SIP dialog of a call with its media, whole enough to be resumed after a restart.</summary>
public sealed record Leg
{
    public required int Number { get; init; }

    public required LegRole Role { get; init; }

    public required Party Party { get; init; }

    public LegPhase Phase { get; init; } = LegPhase.Inviting;

    /// <summary>The step of the route which dialled this leg; legs of one step ring together.</summary>
    public int Step { get; init; }

    /// <summary>Which of the lines of that step it belongs to; 0 where there is but one.</summary>
    public int Line { get; init; }

    public required string LocalTag { get; init; }

    /// <summary>The way on which the peer is reached: where its INVITE came from, or where ours went.</summary>
    public required SipTarget Target { get; init; }

    public Dialog? Dialog { get; init; }

    public LegMedia? Media { get; init; }

    /// <summary>The INVITE that the peer sent and that is not yet settled (answered and acknowledged).</summary>
    public ReceivedInvite? Received { get; init; }

    /// <summary>The INVITE that we sent and that has no final answer yet.</summary>
    public SentInvite? Sent { get; init; }

    public SessionTimer? Timer { get; init; }

    /// <summary>The peer has put us on hold; whom it talked to hears music.</summary>
    public bool HeldByPeer { get; init; }

    /// <summary>The peer has sent a REFER in this dialog, whatever became of it.</summary>
    public bool HasReferred { get; init; }

    /// <summary>To whom it has transferred the other party, which is under way or done.</summary>
    public string? TransfersTo { get; init; }

    /// <summary>Put on hold over the API: the peer hears music and is not heard.</summary>
    public bool HeldByUs { get; init; }

    /// <summary>Sends early media (RFC 3960): its audio goes to the waiting leg before the answer.</summary>
    public bool EarlyMedia { get; init; }

    /// <summary>The tenant's external number that was dialled as such, by its id.</summary>
    public string? External { get; init; }

    /// <summary>It has answered, and the keys that its number wants are being pressed: it is not connected yet.</summary>
    public bool AwaitsDigits { get; init; }

    /// <summary>How many of those keys, pauses counted, are known to have been pressed.</summary>
    public int DigitsPressed { get; init; }

    /// <summary>It has answered, and must press 1 before it is connected.</summary>
    public bool AwaitsKey { get; init; }

    /// <summary>Rings, or talks, as a consultant of a queue.</summary>
    public QueueSeat? Seat { get; init; }

    /// <summary>The consultant has taken the call.</summary>
    public bool TookCall { get; init; }

    /// <summary>One of the tenant's own that may transfer by keys (PRODUCT §11).</summary>
    public bool TakesCodes { get; init; }

    /// <summary>Keys from <c>*</c> on that may become a code, and are kept from the other party meanwhile. In memory only.</summary>
    [JsonIgnore]
    public string? HeldKeys { get; init; }

    /// <summary>They were tones in the audio: the other party has heard them all the same. In memory only.</summary>
    [JsonIgnore]
    public bool HeldKeysWereHeard { get; init; }

    /// <summary>Takes one of the trunk's channels until it ends.</summary>
    public string? ChannelOf { get; init; }

    /// <summary>Under which the trunk counts that channel.</summary>
    public string? ChannelKey { get; init; }

    /// <summary>The number billed for this leg, or null where nothing is (phones, incoming).</summary>
    public BilledNumber? Billed { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public EndCause? Cause { get; init; }

    /// <summary>The peer ended it itself, so no farewell is owed.</summary>
    public bool EndedByPeer { get; init; }

    public bool Live => Phase is not LegPhase.Ended;

    /// <summary>It has answered, but nobody may talk with it yet.</summary>
    public bool IsPreparing => AwaitsDigits || AwaitsKey;

    /// <summary>Answered, whether or not the ACK has come.</summary>
    public bool Up => Phase is LegPhase.Answered or LegPhase.Talking;
}
