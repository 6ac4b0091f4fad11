using Microsoft.Extensions.Logging;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Subscriptions;
using TeleCube.Actors.Trunks;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Ingress;

/// <summary>
/// Where the SIP stack hands over to the actors: requests within a dialog go to the call that their tag names, first INVITEs to
/// <see cref="FirstInvites"/>, registrations to the registrar. Called on the stack's loop, so it only looks and tells.
/// </summary>
public sealed class SipIngress(
    ShardRegion region, LocalTag tags, FirstInvites invites, OpenInvites open, RegistrarService registrar, SubscriptionService subscriptions,
    ITagSource plainTags, TimeProvider clock,
    ILogger<SipIngress> log) : ISipUser
{
    SipStack? _stack;

    /// <summary>The stack exists only after its user.</summary>
    public void Serve(SipStack stack)
    {
        _stack = stack;
        stack.Start(this);
    }

    public void RequestReceived(ServerTransactionId transaction, SipRequest request, SipFlow flow)
    {
        if (request.Method != SipMethod.Register && !EmergencyCall.IsBegunBy(request) && SipExtensionCheck.Refusal(request, CallSip.Extensions, plainTags) is { } refusal)
            _stack!.Respond(transaction, refusal);
        else if (request.To.Tag is { } tag) WithinDialog(transaction, request, flow, tag);
        else if (request.Method == SipMethod.Invite) invites.Received(transaction, request, flow, TakesOver(request));
        else if (request.Method == SipMethod.Register) _ = Register(transaction, request, flow);
        else if (request.Method == SipMethod.Options) Answer(transaction, request, 200);
        else if (request.Method == SipMethod.Subscribe && EventPackage.Of(request) is null) Answer(transaction, request, 489); // whoever asks
        else if (request.Method == SipMethod.Subscribe) subscriptions.Received(transaction, request, flow);
        else if (request.Method == SipMethod.Notify) Answer(transaction, request, 481); // a keep-alive: we subscribe to nothing (RFC 6665 §4.1.3)
        else if (IsWithinDialogOnly(request.Method)) Answer(transaction, request, 481); // RFC 3261 §15.1.2 and its like
        else Answer(transaction, request, request.Method.IsKnown ? 405 : 501);
    }

    bool TakesOver(SipRequest invite) => invite.Headers.Get<Replaces>(SipHeaderName.Replaces) is { } replaces && tags.TryRead(replaces.ToTag, out _, out _, out _);

    static bool IsWithinDialogOnly(SipMethod method) =>
        method == SipMethod.Bye || method == SipMethod.Info || method == SipMethod.Update || method == SipMethod.Prack;

    public void AckReceived(SipRequest ack, SipFlow flow)
    {
        if (tags.TryRead(ack.To.Tag, out var tenant, out var call, out var leg)) region.Tell(call.Entity(tenant), new CallCommand.Ack(leg, ack));
    }

    public void Cancelled(ServerTransactionId invite, SipRequest cancel)
    {
        if (open.CallOf(invite) is { } call) region.Tell(call, new CallCommand.Cancel(invite, cancel) { ReceivedAt = clock.GetUtcNow() });
    }

    public void ResponseReceived(ClientTransactionId transaction, object? context, SipResponse response, SipFlow flow)
    {
        if (context is SentContext sent)
            region.Tell(sent.Call, new CallCommand.Response(sent.Leg, transaction, response, flow, sent) { ReceivedAt = clock.GetUtcNow() });
        else if (context is TrunkSent trunk) region.Tell(TrunkEntity.Of(trunk.Trunk), new TrunkMessage.Answered(trunk, response));
        else if (context is NotifySent notify) subscriptions.Answered(notify, response.Status);
    }

    public void Failed(ClientTransactionId transaction, object? context, TransactionFailure why)
    {
        if (context is SentContext sent) region.Tell(sent.Call, new CallCommand.Unanswered(sent.Leg, sent.Seed, sent.Method, why, sent));
        else if (context is TrunkSent trunk) region.Tell(TrunkEntity.Of(trunk.Trunk), new TrunkMessage.Unanswered(trunk, why));
        else if (context is NotifySent notify) subscriptions.Answered(notify, 408);
    }

    public void AckMissing(ServerTransactionId invite) => NotAcknowledged(invite);

    public void PrackMissing(ServerTransactionId invite) => NotAcknowledged(invite);

    /// <summary>After a restart the answers to what an earlier life sent still find their call, by our tag in From.</summary>
    public void StrayResponse(SipResponse response, SipFlow flow)
    {
        if (tags.TryRead(response.From.Tag, out var tenant, out var call, out var leg))
            region.Tell(call.Entity(tenant), new CallCommand.Response(leg, null, response, flow) { ReceivedAt = clock.GetUtcNow() });
    }

    public void FlowClosed(FlowId flow) => registrar.ConnectionClosed(flow);

    /// <summary>The loop goes on while the extension's actor stores the bindings.</summary>
    async Task Register(ServerTransactionId transaction, SipRequest request, SipFlow flow) =>
        _stack!.Respond(transaction, await registrar.Answer(request, flow).ConfigureAwait(false));

    void NotAcknowledged(ServerTransactionId invite)
    {
        if (open.CallOf(invite) is { } call) region.Tell(call, new CallCommand.NotAcknowledged(invite));
        else log.LogWarning("an answer to {Transaction} was never acknowledged, and its call is not known", invite);
    }

    void WithinDialog(ServerTransactionId transaction, SipRequest request, SipFlow flow, string tag)
    {
        if (subscriptions.TryReceiveWithin(transaction, request, flow, tag)) return;
        if (!tags.TryRead(tag, out var tenant, out var call, out var leg)) Answer(transaction, request, 481);
        else
        {
            var entity = call.Entity(tenant);
            if (request.Method == SipMethod.Invite) open.Remember(transaction, entity);
            if (!region.TryTell(entity, new CallCommand.Request(leg, transaction, request, flow) { ReceivedAt = clock.GetUtcNow() }))
                Answer(transaction, request, 503);
        }
    }

    void Answer(ServerTransactionId transaction, SipRequest request, int status)
    {
        var response = SipResponse.For(request, status, null, plainTags.Next(null));
        response.Headers.Add(SipHeaderName.Allow, CallSip.Allow + ", REGISTER, SUBSCRIBE");
        response.Headers.Add(SipHeaderName.Supported, CallSip.Supported + ", path, outbound");
        if (status == 200) response.Headers.Add(SipHeaderName.Accept, $"application/sdp, multipart/mixed, {DtmfInfo.Types}, message/sipfrag");
        if (status is 200 or 489) response.Headers.Add(SipHeaderName.AllowEvents, EventPackage.Allowed);
        _stack!.Respond(transaction, response);
    }
}
