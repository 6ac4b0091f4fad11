using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Schemes.Decisions;
using TeleCube.Kernel.Sharding;
using TeleCube.Media.Messages;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>What is to be done in the world once the journal has the events of the same turn.</summary>
public abstract record CallEffect
{
    CallEffect() { }

    public sealed record Respond(ServerTransactionId Transaction, SipResponse Response) : CallEffect;

    /// <summary>Sends an INVITE or re-INVITE as it stands in the journal.</summary>
    public sealed record Invite(int Leg, SentInvite Sent) : CallEffect;

    public sealed record CancelInvite(int Leg, SentInvite Sent, IReadOnlyList<(string Name, string Value)> Headers) : CallEffect;

    /// <summary>Acknowledges a 2xx of the peer; <paramref name="Request"/> is complete.</summary>
    public sealed record Ack(int Leg, ClientTransactionId? Transaction, SipRequest Request, SipTarget Target) : CallEffect;

    /// <summary>A 2xx for which there is no use: ACK and BYE in the dialog that it made.</summary>
    public sealed record HangUpFork(int Leg, ClientTransactionId? Transaction, SipResponse Answer, SipTarget Target) : CallEffect;

    /// <summary>Sends a request within the leg's dialog; the shell numbers it (CSeq is not journaled).</summary>
    public sealed record InDialog(
        int Leg, SipMethod Method, IReadOnlyList<(string Name, string Value)> Headers, string? ContentType, ReadOnlyMemory<byte> Body,
        object? Context = null) : CallEffect
    {
        public InDialog(int leg, SipMethod method, params (string Name, string Value)[] headers)
            : this(leg, method, headers, null, default) { }

        /// <summary>Another early dialog of the same INVITE than the leg's: a proxy beyond has forked it.</summary>
        public Dialog? Fork { get; init; }
    }

    /// <summary>
    /// Takes up, after a restart, an INVITE of the peer: it can be answered, and an answer that waits for its ACK is repeated.
    /// </summary>
    public sealed record RestoreReceived(int Leg, ReceivedInvite Received) : CallEffect;

    /// <summary>
    /// Takes up, after a restart, an INVITE of ours that is to be cancelled: it is not sent again, which might let a phone ring anew.
    /// </summary>
    public sealed record RestoreSent(int Leg, SentInvite Sent) : CallEffect;

    /// <summary>The peer's request was in its order: from now on a lower CSeq is not.</summary>
    public sealed record Heard(int Leg, uint CSeq) : CallEffect;

    /// <summary>The INVITE was refused before a call began: there is no record of it, so it is counted and logged.</summary>
    public sealed record TurnAway(int Status, string Why) : CallEffect;

    public sealed record Tell(EntityId To, object Message) : CallEffect;

    public sealed record Reply(object Message) : CallEffect;

    public sealed record Media(MediaCommand Command) : CallEffect;

    public sealed record StartTimer(string Name, TimeSpan After, CallCommand Command) : CallEffect;

    public sealed record CancelTimer(string Name) : CallEffect;

    /// <summary>A server of the tenant's is asked; what it says comes back as <see cref="CallCommand.Decided"/>.</summary>
    public sealed record Ask(Uri Url, DecisionQuestion Question, TimeSpan Within, int Serial) : CallEffect;

    /// <summary>A line for the timeline that is worth no event.</summary>
    public sealed record Note(string Code, string Text) : CallEffect;
}
