using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Audit;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Sms;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Model;

/// <summary>What has happened to a call. A public format: named and versioned in the journal, see <c>CallEvents</c>.</summary>
public abstract record CallEvent
{
    CallEvent() { }

    /// <summary>A call began: by an INVITE (then leg 0 is its sender's) or by an order over the API.</summary>
    public sealed record Started(
        CallId Id, TenantId Tenant, CallDirection Direction, string Caller, string? CallerName, string Dialled, string? DialledNumber,
        bool Emergency, Leg? First, string? ThenCall, DateTimeOffset At) : CallEvent
    {
        /// <summary>It calls back who waited in a queue.</summary>
        public CallBackOrder? CallBack { get; init; }
    }

    /// <summary>A decision of the route with its reason, for the timeline, and the step that follows from it.</summary>
    public sealed record Routed(int Step, RouteStep Next, int Waiting, string Reason, DateTimeOffset At) : CallEvent;

    public sealed record LegDialled(Leg Leg, DateTimeOffset At) : CallEvent;

    /// <summary>A trunk was passed over or failed; the next one is tried.</summary>
    public sealed record TrunkFailed(string TrunkId, string Reason, DateTimeOffset At) : CallEvent
    {
        /// <summary>The line of the step that it was tried for.</summary>
        public int Line { get; init; }
    }

    /// <summary>Nothing can come any more of this line of the consultants who are rung.</summary>
    public sealed record ConsultantMissed(int Line, ConsultantId Consultant, EndCause Cause, DateTimeOffset At) : CallEvent;

    /// <summary>The caller waits on in its queue: other sounds are heard, an offer began or came to nothing.</summary>
    public sealed record QueueWaited(SchemeWait.Queueing Wait, DateTimeOffset At) : CallEvent;

    /// <summary>The caller is out of the queue; <paramref name="Leg"/> is the consultant's who took the call.</summary>
    public sealed record QueueLeft(QueueTicket Ticket, QueueExit Why, int? Leg, DateTimeOffset At) : CallEvent
    {
        /// <summary>The extension that took the caller out of the queue while another's phone rang.</summary>
        public string? PickedUpBy { get; init; }
    }

    /// <summary>A consultant outside has answered and is asked to press 1.</summary>
    public sealed record KeyAwaited(int Leg, DateTimeOffset At) : CallEvent;

    /// <summary>It was pressed, or something else was, or nothing in time.</summary>
    public sealed record KeyEnded(int Leg, bool Taken, DateTimeOffset At) : CallEvent;

    /// <summary>The far end rings (or sends early media).</summary>
    public sealed record Rang(int Leg, Dialog? Dialog, LegMedia? Media, bool EarlyMedia, DateTimeOffset At) : CallEvent;

    /// <summary>We told the waiting caller that it rings; a reliable response has its RSeq.</summary>
    public sealed record Alerted(int Leg, int Status, uint RSeq, LegMedia? Media, DateTimeOffset At) : CallEvent
    {
        /// <summary>Reliably, with our session description.</summary>
        public bool Described { get; init; }
    }

    /// <summary>The caller hears a prompt as early media, after which the call is refused.</summary>
    public sealed record Announced(SpokenRefusal Announcement, DateTimeOffset At) : CallEvent;

    /// <summary>The call has gone on in its scheme, or left it (null); with what the elements on the way decided.</summary>
    public sealed record SchemeMoved(SchemePosition? Position, ImmutableArray<SchemeDecision> Path, DateTimeOffset At) : CallEvent
    {
        /// <summary>What the exchange has done for the caller by that; null: nothing new.</summary>
        public CallService? Served { get; init; }
    }

    /// <summary>An element of a scheme has an SMS sent; its actor is told once this is durable, and again after a restart.</summary>
    public sealed record SmsOrdered(OutgoingSms Sms, DateTimeOffset At) : CallEvent;

    /// <summary>The far end answered our INVITE.</summary>
    public sealed record Answered(int Leg, Dialog Dialog, LegMedia Media, SessionTimer? Timer, DateTimeOffset At) : CallEvent;

    /// <summary>The keys that the external number wants are pressed before it is connected. Which they are stands with the number, not here.</summary>
    public sealed record DigitsBegan(int Leg, int Count, DateTimeOffset At) : CallEvent;

    /// <summary>So many of them, pauses counted, have been pressed.</summary>
    public sealed record DigitsPressed(int Leg, int Count, DateTimeOffset At) : CallEvent;

    /// <summary>All keys are pressed, or there was no more time for it.</summary>
    public sealed record DigitsEnded(int Leg, bool InTime, DateTimeOffset At) : CallEvent;

    /// <summary>Keys that may become a code are kept from the other party; null: no more, they were one or were passed on.</summary>
    public sealed record KeysHeld(int Leg, DateTimeOffset At) : CallEvent
    {
        /// <summary>Never journaled: they may be a PIN that is meant for the other party. So a restart loses them.</summary>
        [JsonIgnore]
        public string? Keys { get; init; }

        /// <summary>They were tones in the audio, which the other party has heard.</summary>
        [JsonIgnore]
        public bool Heard { get; init; }
    }

    /// <summary>The extension that called sets something of its own by a code; the tenant is told once this is durable, and again after a restart.</summary>
    public sealed record SetByCode(CodeSetting Setting, DateTimeOffset At) : CallEvent;

    /// <summary>We answered the caller's INVITE with this 2xx.</summary>
    public sealed record Accepted(int Leg, Dialog Dialog, LegMedia Media, ReceivedInvite Received, SessionTimer? Timer, DateTimeOffset At) : CallEvent;

    /// <summary>The ACK for our 2xx came; with a late offer it carried the answer.</summary>
    public sealed record Acknowledged(int Leg, LegMedia? Media, DateTimeOffset At) : CallEvent;

    public sealed record Bridged(int A, int B, DateTimeOffset At) : CallEvent;

    /// <summary>The session was changed by the peer (re-INVITE, UPDATE): hold, resume, a moved target, other media.</summary>
    public sealed record Changed(
        int Leg, Dialog Dialog, LegMedia Media, bool HeldByPeer, ReceivedInvite? Received, SessionTimer? Timer, DateTimeOffset At) : CallEvent
    {
        /// <summary>The peer was heard from elsewhere, and is reached there from now on.</summary>
        public SipTarget? Target { get; init; }
    }

    /// <summary>We sent a re-INVITE of our own on this leg.</summary>
    public sealed record Reinvited(int Leg, SentInvite Sent, LegMedia Media, DateTimeOffset At) : CallEvent;

    /// <summary>Our re-INVITE was answered.</summary>
    public sealed record Renegotiated(int Leg, Dialog Dialog, LegMedia Media, SessionTimer? Timer, DateTimeOffset At) : CallEvent;

    /// <summary>The peer took our UPDATE, by which the session lives on as it is.</summary>
    public sealed record Refreshed(int Leg, Dialog Dialog, SessionTimer? Timer, DateTimeOffset At) : CallEvent;

    /// <summary>Our re-INVITE was refused; the session stays as it was.</summary>
    public sealed record ReinviteRefused(int Leg, int Status, DateTimeOffset At) : CallEvent;

    public sealed record HeldByUs(int Leg, bool Held, DateTimeOffset At) : CallEvent;

    public sealed record TransferBegan(Transfer Transfer, DateTimeOffset At) : CallEvent;

    public sealed record TransferFailed(EndCause Cause, DateTimeOffset At) : CallEvent;

    /// <summary>The transferred party waits in a scheme now and talks with nobody: the transfer is done.</summary>
    public sealed record LedOn(DateTimeOffset At) : CallEvent;

    /// <summary>One leg now talks with a leg of another call (attended transfer, Replaces).</summary>
    public sealed record Joined(int Leg, Partner Partner, DateTimeOffset At) : CallEvent
    {
        /// <summary>The extension that picked up what rang elsewhere.</summary>
        public string? By { get; init; }
    }

    /// <summary>The other call left while its phone's transfer of our party is under way: our party waits for its outcome.</summary>
    public sealed record PartnerLeft(DateTimeOffset At) : CallEvent;

    /// <summary>A party waits in a parking place, or waits on there.</summary>
    public sealed record Parked(Parking Parking, DateTimeOffset At) : CallEvent;

    public sealed record LegEnded(int Leg, EndCause Cause, bool ByPeer, DateTimeOffset At) : CallEvent;

    /// <summary>Somebody asked for what happened with this over the API; the audit log has it too.</summary>
    public sealed record Asked(AuditEntry Entry, DateTimeOffset At) : CallEvent;

    /// <summary>The call was taken over: each leg that is up has new media and a CSeq far above the last.</summary>
    public sealed record Recovered(ImmutableArray<Leg> Legs, DateTimeOffset At) : CallEvent;

    /// <summary>The call is over; the CDR is committed together with this event.</summary>
    public sealed record Ended(EndCause Cause, Cdr Cdr, DateTimeOffset At) : CallEvent;

    /// <summary>Every farewell is answered: nothing is owed to anybody any more.</summary>
    public sealed record Closed(DateTimeOffset At) : CallEvent;
}
