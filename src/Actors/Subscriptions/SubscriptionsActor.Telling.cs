using TeleCube.Actors.Calls.Wire;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;

namespace TeleCube.Actors.Subscriptions;

/// <remarks>What goes to the phones: answers, and NOTIFYs in their order.</remarks>
public sealed partial class SubscriptionsActor
{
    static readonly TimeSpan _betweenNotifies = TimeSpan.FromMilliseconds(200);

    void Changed(string watched)
    {
        if (watched == watcher.Value && !services.Documents.Exists(tenant, watcher.Value))
        {
            foreach (var one in _subscriptions.Values.ToList()) End(one, "rejected");
            return;
        }

        foreach (var one in _subscriptions.Values.Where(one => one.Now.Watched == watched).ToList())
        {
            one.IsDue = true;
            TellIfDue(one);
        }
    }

    void Answered(string id, int status)
    {
        if (_subscriptions.GetValueOrDefault(id) is not { } one) return;
        one.IsTelling = false;
        if (EndsSubscription(status)) Drop(one);
        else TellIfDue(one);
    }

    /// <summary>RFC 6665 §4.2.2: nobody is there any more, or never heard of it. 408 stands for silence.</summary>
    static bool EndsSubscription(int status) => status is 404 or 405 or 408 or 410 or 416 or (>= 480 and <= 485) or 489 or 501 or 604;

    void TellIfDue(LiveSubscription one)
    {
        if (one.IsTelling || !(one.IsDue || one.Wants)) return;
        var now = services.Clock.GetUtcNow();
        if (now < one.NotBefore)
        {
            Timers.At(TimerOf(one), one.NotBefore, new SubscriptionMessage.TellNow(one.Now.Id));
            return;
        }

        if (!services.Documents.Exists(tenant, one.Now.Watched))
        {
            End(one, "noresource");
            return;
        }

        var (body, dialogs) = services.Documents.Write(tenant, one.Now, one.Told);
        var isNews = one.Wants || one.Now.Package == EventPackage.Dialog.Name || !body.AsSpan().SequenceEqual(one.LastBody.Span);
        (one.IsDue, one.Wants, one.Told, one.LastBody) = (false, false, dialogs, body);
        if (!isNews) return;
        (one.IsTelling, one.NotBefore) = (true, now + _betweenNotifies);
        Send(one, SubscriptionState.Active(one.Now.ExpiresAt > now ? one.Now.ExpiresAt - now : TimeSpan.Zero), body);
    }

    /// <summary>The last NOTIFY (RFC 6665 §4.2.2), with the state where there is one still. Whether it arrives is not waited for.</summary>
    void End(LiveSubscription one, string reason)
    {
        var isThere = services.Documents.Exists(tenant, one.Now.Watched);
        Send(one, SubscriptionState.Terminated(reason), isThere ? services.Documents.Write(tenant, one.Now, one.Told).Body : default(ReadOnlyMemory<byte>));
        Drop(one);
    }

    void Send(LiveSubscription one, SubscriptionState state, ReadOnlyMemory<byte> body)
    {
        (one.Now, var notify) = one.Now.Tell(state, body.IsEmpty ? null : EventPackage.Find(one.Now.Package)?.ContentType, body);
        var target = CallSip.TargetOf(one.Now.Dialog, one.Now.Target);
        notify.Contact = services.Sip.ContactFor(target, one.Now.Dialog.Secure);
        notify.Headers.Add(SipHeaderName.AllowEvents, EventPackage.Allowed);
        notify.Headers.Add(SipHeaderName.UserAgent, services.Sip.Server);
        services.Signalling.Send(notify, target, $"{one.Now.Id}-{notify.CSeq.Number}", new NotifySent(_id, one.Now.Id));
    }

    void Accept(ServerTransactionId transaction, SipRequest request, Subscription subscription, TimeSpan lifetime)
    {
        var response = SipResponse.For(request, 200, toTag: subscription.Id);
        response.Expires = lifetime;
        response.Contact = services.Sip.ContactFor(subscription.Target, subscription.Dialog.Secure);
        response.Headers.Add(SipHeaderName.AllowEvents, EventPackage.Allowed);
        response.Headers.Add(SipHeaderName.Server, services.Sip.Server);
        services.Signalling.Respond(transaction, response);
    }

    void Respond(ServerTransactionId transaction, SipRequest request, int status, string? reason) =>
        services.Signalling.Respond(transaction, SubscriptionService.Refusal(request, status, reason, services.Options, services.Tags.Next(tenant, watcher)));

    static Dialog? Dialog(SipRequest request, string tag) => TeleCube.Sip.Dialogs.Dialog.AsServer(request, tag, DialogPhase.Confirmed);
}
