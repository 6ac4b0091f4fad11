using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Registrations;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Subscriptions;

/// <summary>
/// The notifier's edge: who subscribes must prove which extension it is, as for a call. Called on the stack's loop, so it only looks and tells.
/// </summary>
public sealed class SubscriptionService(
    PhoneAuthenticator authenticator, ShardRegion region, ISignalling signalling, SubscriptionTag tags, ITagSource plainTags, SubscriptionOptions options)
{
    static readonly TimeSpan _comeAgain = TimeSpan.FromSeconds(5);

    /// <summary>A SUBSCRIBE without a dialog.</summary>
    public void Received(ServerTransactionId transaction, SipRequest request, SipFlow flow)
    {
        switch (authenticator.Check(request, flow, challenge: 401))
        {
            case PhoneAuthentication.Known(var tenant, var extension):
                if (SubscribeRequest.TryRead(request, tenant, extension, options, out var wanted) is { } refusal)
                    Refuse(transaction, request, refusal.Status, refusal.Reason);
                else
                    Tell(EntityKinds.Subscriptions(tenant.Id, extension.Number),
                        new SubscriptionMessage.Subscribe(wanted!, transaction, request, flow), transaction, request);
                break;
            case PhoneAuthentication.Refused(var response): signalling.Respond(transaction, response); break;
        }
    }

    /// <summary>False when the tag is none of ours.</summary>
    public bool TryReceiveWithin(ServerTransactionId transaction, SipRequest request, SipFlow flow, string tag)
    {
        if (!tags.TryRead(tag, out var watcher)) return false;
        Tell(watcher, new SubscriptionMessage.Within(transaction, request, flow), transaction, request);
        return true;
    }

    /// <summary>What became of a NOTIFY.</summary>
    public void Answered(NotifySent sent, int status)
    {
        ArgumentNullException.ThrowIfNull(sent);
        if (status >= 200) region.Tell(sent.Watcher, new SubscriptionMessage.Answered(sent, status));
    }

    /// <summary>With what would have been taken.</summary>
    public static SipResponse Refusal(SipRequest request, int status, string? reason, SubscriptionOptions options, string toTag)
    {
        ArgumentNullException.ThrowIfNull(options);
        var response = SipResponse.For(request, status, reason, toTag);
        if (status == 423) response.Set(new MinExpires(options.MinExpires));
        if (status == 503) response.Set(new RetryAfter(_comeAgain));
        if (status is 489 or 405) response.Headers.Add(SipHeaderName.AllowEvents, EventPackage.Allowed);
        if (status is 405) response.Headers.Add(SipHeaderName.Allow, SipMethod.Subscribe.Name);
        return response;
    }

    void Tell(EntityId watcher, SubscriptionMessage message, ServerTransactionId transaction, SipRequest request)
    {
        if (!region.TryTell(watcher, message)) Refuse(transaction, request, 503, null);
    }

    void Refuse(ServerTransactionId transaction, SipRequest request, int status, string? reason) =>
        signalling.Respond(transaction, Refusal(request, status, reason, options, plainTags.Next(null)));
}
