using TeleCube.Actors.Audit;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Media.Messages;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Model;

/// <summary>What a call may be asked to do, by the wire, by people, by time.</summary>
public abstract record CallCommand
{
    CallCommand() { }

    /// <summary>
    /// When the message that it brings came in: what happened, happened then, however long the command waits for its turn. Null: with its turn.
    /// </summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    // by the wire

    /// <summary>
    /// A first INVITE, its sender authenticated: an extension of the tenant, or a trunk with the tenant's number dialled.
    /// </summary>
    public sealed record Begin(TenantId Tenant, CallOrigin Origin, SipRequest Invite, ServerTransactionId Transaction, SipFlow Flow) : CallCommand;

    /// <summary>A request within the dialog of a leg.</summary>
    public sealed record Request(int Leg, ServerTransactionId Transaction, SipRequest Message, SipFlow Flow) : CallCommand
    {
        /// <summary>The highest CSeq that this process has heard from the leg's peer; not every request stands in the journal.</summary>
        public uint HeardSeq { get; init; }
    }

    public sealed record Ack(int Leg, SipRequest Message) : CallCommand;

    /// <summary>The caller gave up: CANCEL for the INVITE of this transaction.</summary>
    public sealed record Cancel(ServerTransactionId Invite, SipRequest Message) : CallCommand;

    /// <summary>A response to a request of ours; stray ones (after a restart) have no transaction.</summary>
    public sealed record Response(int Leg, ClientTransactionId? Transaction, SipResponse Message, SipFlow Flow, SentContext? Context = null) : CallCommand;

    public sealed record Unanswered(int Leg, string Seed, SipMethod Method, TransactionFailure Why, SentContext? Context = null) : CallCommand;

    /// <summary>Our 2xx was never acknowledged (RFC 3261 §13.3.1.4), or our reliable 1xx never PRACKed (RFC 3262 §3).</summary>
    public sealed record NotAcknowledged(ServerTransactionId Invite) : CallCommand;

    // by other actors

    public sealed record ChannelGranted(string TrunkId, int Step, int Line = 0) : CallCommand
    {
        /// <summary>Under which the trunk counts the channel.</summary>
        public string? Key { get; init; }
    }

    public sealed record ChannelRefused(string TrunkId, int Step, string Reason, int Line = 0) : CallCommand;

    public sealed record Media(MediaEvent Happened) : CallCommand;

    /// <summary>
    /// Another call offers its leg to talk with whom <paramref name="Replaced"/> of this call talks with (RFC 3891). A call that is joined
    /// already passes it on to its partner, whom it asks to take the offered leg <paramref name="InPlaceOf"/> itself. Without Replaces (a code) only who
    /// waits is handed over.
    /// </summary>
    public sealed record Join(CallId From, int FromLeg, int Replaced, Replaces? Replaces, StreamId Stream, CallId? InPlaceOf = null) : CallCommand
    {
        /// <summary>The extension that takes the place of one which rings.</summary>
        public string? By { get; init; }
    }

    public sealed record JoinAccepted(CallId By, int Leg, StreamId Stream) : CallCommand;

    public sealed record JoinRefused(int Status, string Reason) : CallCommand;

    /// <summary>The call distributor has something to say to who waits, or waited, in a queue.</summary>
    public sealed record QueueSays(QueueTicket Ticket, QueueNotice Notice) : CallCommand;

    /// <summary>The call distributor has somebody called back: this begins the call.</summary>
    public sealed record CallBack(TenantId Tenant, CallBackOrder Wanted) : CallCommand;

    /// <summary>A voicemail box answers what a call in its <paramref name="Serial"/>th wait asked of it.</summary>
    public sealed record MailboxSays(int Serial, MailboxAnswer Answer) : CallCommand;

    /// <summary>The other call's leg has a (new) media stream, or is on hold.</summary>
    public sealed record PartnerMedia(CallId From, StreamId Stream, bool Held) : CallCommand;

    /// <summary>The company's parking has this place for the party that is to be parked.</summary>
    public sealed record SlotGiven(string Slot) : CallCommand;

    public sealed record SlotRefused(string Reason) : CallCommand;

    public sealed record PartnerEnded(CallId From, EndCause Cause) : CallCommand;

    /// <summary>The other call's party pressed a key (INFO).</summary>
    public sealed record PartnerKey(CallId From, char Digit) : CallCommand;

    /// <summary>A request of the partner's phone that is meant for our party; its answer goes back by the same transaction.</summary>
    public sealed record PartnerRequest(CallId From, PassedOn Passed) : CallCommand;

    /// <summary>The other call's phone wants this call's party transferred: blind, or with <paramref name="Replaces"/> attended.</summary>
    public sealed record PartnerTransfers(CallId From, string Extension, string Target, string? Replaces) : CallCommand;

    /// <summary>What became of the transfer that the other call was asked for; null when it succeeded.</summary>
    public sealed record PartnerTransferred(CallId From, EndCause? Failure) : CallCommand;

    /// <summary>What the server answered that a scheme asks where the call goes on; <paramref name="Serial"/> is that of the wait.</summary>
    public sealed record Decided(int Serial, string? Exit, string Why) : CallCommand;

    // by people

    /// <summary>An order that is written down with who gave it.</summary>
    public sealed record Asked(CallCommand Command, AuditEntry Entry) : CallCommand;

    /// <summary>Rings <paramref name="From"/> first, then calls <paramref name="To"/>.</summary>
    public sealed record Order(TenantId Tenant, string From, string To) : CallCommand;

    public sealed record HangUp(EndCause Cause) : CallCommand;

    public sealed record TransferTo(int? Leg, string Target) : CallCommand;

    public sealed record Hold(int? Leg, bool On) : CallCommand;

    public sealed record SendDigits(int? Leg, string Digits) : CallCommand;

    // by time

    public sealed record GiveUpRinging(int Step) : CallCommand;

    public sealed record TimeIsUp : CallCommand;

    /// <summary>Nobody has answered within the time for setting a call up.</summary>
    public sealed record GiveUpSetup : CallCommand;

    /// <summary>No further key followed those that are held.</summary>
    public sealed record KeysAreOver(int Leg) : CallCommand;

    /// <summary>The keys after an answer should have been pressed by now.</summary>
    public sealed record GiveUpDigits(int Leg) : CallCommand;

    /// <summary>The trunk has not answered the INVITE with anything.</summary>
    public sealed record GiveUpTrunk(int Leg) : CallCommand;

    public sealed record Refresh(int Leg) : CallCommand;

    public sealed record Expire(int Leg) : CallCommand;

    /// <summary>Retries a re-INVITE that met another (491) or was put off (500).</summary>
    public sealed record Reinvite(int Leg) : CallCommand;

    /// <summary>Nobody has taken the parked call up.</summary>
    public sealed record ParkTimeIsUp : CallCommand;

    /// <summary>Whoever parked the call should know the place by now.</summary>
    public sealed record SlotTold : CallCommand;

    /// <summary>What a call in a scheme waits for has not come in time.</summary>
    public sealed record SchemeTimeIsUp(int Serial) : CallCommand;

    /// <summary>Who waits in a queue says so again; 0: a call that does not wait says what is so of the queues that it came through.</summary>
    public sealed record SayAgainInQueue(int Serial) : CallCommand;

    /// <summary>Whom a code concerns has done what it asks (null), or refused it.</summary>
    public sealed record SettingSaid(Rejection? Refused) : CallCommand;

    /// <summary>Something that the call told was refused: its queues may not know what is so.</summary>
    public sealed record NotHeard : CallCommand;

    /// <summary>Something is to be said to who waits in a queue.</summary>
    public sealed record AnnounceInQueue(int Serial, DateTimeOffset Due) : CallCommand;

    /// <summary>Who was asked to press 1 has not.</summary>
    public sealed record GiveUpKey(int Leg) : CallCommand;

    /// <summary>The prompt before a refusal has played for long enough.</summary>
    public sealed record EndAnnouncement : CallCommand;

    /// <summary>A transferor that did not hang up by itself is hung up on.</summary>
    public sealed record DropTransferor(int Leg) : CallCommand;
}

/// <summary>By whom a call was begun, as proven at the edge.</summary>
public abstract record CallOrigin
{
    CallOrigin() { }

    public sealed record Extension(string Number) : CallOrigin;

    /// <summary>A call from a trunk to a number of the tenant; <paramref name="Caller"/> is null where withheld.</summary>
    public sealed record Trunk(string TrunkId, E164 Dialled, string? Caller, string? CallerName) : CallOrigin
    {
        /// <summary>How often the call was forwarded before it came here (RFC 5806).</summary>
        public int Hops { get; init; }

        /// <summary>The company's own extension that dialled its public number.</summary>
        public string? OwnExtension { get; init; }
    }
}

/// <summary>Asks for the state of a call.</summary>
public sealed record GetCall;

/// <summary>Asks for the timeline of a call that still runs.</summary>
public sealed record GetTimeline;
