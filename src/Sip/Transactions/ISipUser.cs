using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Sip.Transactions;

/// <summary>
/// The transaction user (RFC 3261 §5). Called on the stack's loop: it must only hand over, never work or wait. Messages are the user's own.
/// </summary>
public interface ISipUser
{
    /// <summary>A new request; answer it with <see cref="SipStack.Respond"/>. Repetitions never come here.</summary>
    void RequestReceived(ServerTransactionId transaction, SipRequest request, SipFlow flow);

    /// <summary>The ACK of a 2xx; its repetitions are swallowed while the transaction is remembered.</summary>
    void AckReceived(SipRequest ack, SipFlow flow);

    /// <summary>
    /// An INVITE not yet finally answered is cancelled; the CANCEL has its 200 already, the INVITE wants its 487 from the user.
    /// </summary>
    void Cancelled(ServerTransactionId invite, SipRequest cancel);

    /// <summary>A response; each 2xx of a fork comes once, repeated ones are answered by the kept ACK.</summary>
    void ResponseReceived(ClientTransactionId transaction, object? context, SipResponse response, SipFlow flow);

    void Failed(ClientTransactionId transaction, object? context, TransactionFailure why);

    /// <summary>No ACK came for our 2xx in 64*T1: the call should be ended by a BYE (RFC 3261 §13.3.1.4).</summary>
    void AckMissing(ServerTransactionId invite);

    /// <summary>No PRACK came for our reliable 1xx in 64*T1: the INVITE should be refused with a 5xx (RFC 3262 §3).</summary>
    void PrackMissing(ServerTransactionId invite);

    /// <summary>A response to a request of an earlier life of this process, or a 2xx later than 64*T1.</summary>
    void StrayResponse(SipResponse response, SipFlow flow);

    void FlowClosed(FlowId flow);
}
