using TeleCube.Actors.Calls.Ingress;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>The SIP stack as an actor sees it: everything is enqueued, nothing waits, what becomes of it comes back as commands.</summary>
public interface ISignalling
{
    void Respond(ServerTransactionId transaction, SipResponse response);

    /// <summary>The same seed and method give the same branch, so that a repeat is a retransmission.</summary>
    /// <returns>The request as it goes out, with its Via.</returns>
    SipRequest Send(SipRequest request, SipTarget target, string seed, object context);

    SipRequest Acknowledge(ClientTransactionId? invite, SipRequest ack, SipTarget target);

    void Cancel(string seed, IReadOnlyList<(string Name, string Value)> headers);

    /// <summary>An INVITE of ours that an earlier life sent by this seed: its responses are taken, and it can be cancelled.</summary>
    void Restore(SipRequest invite, SipTarget target, string seed, object context);

    void Restore(EntityId call, SipRequest invite, SipFlow flow, SipResponse? answer);
}

/// <summary><see cref="ISignalling"/> over the stack of this process.</summary>
public sealed class StackSignalling(SipStack stack, OpenInvites open) : ISignalling
{
    public void Respond(ServerTransactionId transaction, SipResponse response) => stack.Respond(transaction, response);

    public SipRequest Send(SipRequest request, SipTarget target, string seed, object context)
    {
        stack.Send(request, target, seed, context, out var sent);
        return sent;
    }

    /// <summary>Without a transaction of ours (after a restart) the ACK goes out once for each 2xx that comes.</summary>
    public SipRequest Acknowledge(ClientTransactionId? invite, SipRequest ack, SipTarget target) => stack.Acknowledge(invite ?? default, ack, target);

    public void Cancel(string seed, IReadOnlyList<(string Name, string Value)> headers) => stack.Cancel(stack.IdFor(seed, SipMethod.Invite), headers);

    public void Restore(SipRequest invite, SipTarget target, string seed, object context) => stack.RestoreClientInvite(invite, target, seed, context);

    public void Restore(EntityId call, SipRequest invite, SipFlow flow, SipResponse? answer) =>
        open.Remember(stack.RestoreServerInvite(invite, flow, answer), call);
}
