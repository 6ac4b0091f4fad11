using Microsoft.Extensions.Logging;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Subscriptions.Documents;
using TeleCube.Actors.Subscriptions.Watching;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Subscriptions;

/// <summary>What the actors of subscriptions share.</summary>
public sealed record SubscriptionServices(
    IReadModels Store, WatchBoard Board, DocumentWriter Documents, ISignalling Signalling, CallSip Sip, SubscriptionTag Tags, SubscriptionOptions Options,
    TimeProvider Clock, ILogger<SubscriptionsActor> Log);

/// <summary>
/// What the phones of one extension watch (RFC 6665). A subscription is answered when the store has it; between two NOTIFYs of one there are at least
/// 200 ms and the answer to the first, and the last state is always told.
/// </summary>
public sealed partial class SubscriptionsActor(TenantId tenant, ExtensionNumber watcher, SubscriptionServices services) : Actor
{
    const string ExpiryTimer = "expiry";

    readonly Dictionary<string, LiveSubscription> _subscriptions = [];
    readonly EntityId _id = EntityKinds.Subscriptions(tenant, watcher);
    int _pending;

    protected override void PreStart() => Load();

    protected override void PostStop()
    {
        foreach (var one in _subscriptions.Values.ToList()) Release(one);
        services.Board.Forget(Key(watcher.Value), Self);
    }

    protected override void Receive(object message)
    {
        switch (message)
        {
            case SubscriptionMessage.Subscribe subscribe: Begin(subscribe); break;
            case SubscriptionMessage.Within within: Within(within); break;
            case SubscriptionMessage.Stored stored: Stored(stored); break;
            case SubscriptionMessage.StoreFailed failed: StoreFailed(failed); break;
            case SubscriptionMessage.Changed(var watched): Changed(watched); break;
            case SubscriptionMessage.Answered(var sent, var status): Answered(sent.Id, status); break;
            case SubscriptionMessage.TellNow(var id): if (_subscriptions.GetValueOrDefault(id) is { } one) TellIfDue(one); break;
            case SubscriptionMessage.Expire: Expire(); break;
            case SubscriptionMessage.Wake: break;
            default: Unhandled(message); break;
        }

        if (_subscriptions.Count == 0 && _pending == 0) Passivate();
    }

    void Begin(SubscriptionMessage.Subscribe subscribe)
    {
        var (wanted, transaction, request, flow) = subscribe;
        var full = _subscriptions.Count + _pending >= services.Options.PerExtension || services.Board.CountOf(tenant) >= services.Options.PerTenant;
        var tag = services.Tags.Next(tenant, watcher);
        if (Dialog(request, tag) is not { } dialog || full)
        {
            Respond(transaction, request, 403, "Too Many Subscriptions");
            return;
        }

        var subscription = new Subscription
        {
            Id = tag,
            Watcher = watcher.Value,
            Watched = wanted.Watched,
            Package = wanted.Package.Name,
            EventId = wanted.EventId,
            Entity = SipUri.Sip(wanted.Watched, request.Uri.Host, request.Uri.Port),
            Dialog = dialog,
            Target = TeleCube.Sip.Transport.SipTarget.To(flow),
            ExpiresAt = services.Clock.GetUtcNow() + wanted.Lifetime,
        };
        if (wanted.Lifetime > TimeSpan.Zero) Store(subscription, transaction, request, wanted.Lifetime);
        else
        {
            // Only to know it once (RFC 6665 §4.4.3): nothing is kept.
            Accept(transaction, request, subscription, wanted.Lifetime);
            End(Add(subscription), "timeout");
        }
    }

    void Within(SubscriptionMessage.Within within)
    {
        var (transaction, request, flow) = within;
        if (request.To.Tag is not { } tag || _subscriptions.GetValueOrDefault(tag) is not { } one)
        {
            Respond(transaction, request, 481, "Subscription Does Not Exist");
            return;
        }

        var (dialog, refusal) = one.Now.Dialog.Accepts(request);
        if (refusal is null && request.Method != SipMethod.Subscribe) refusal = new SipRefusal(405, "Only SUBSCRIBE");
        if (refusal is null && (request.Get<Event>() is not { } asked || asked.Package != one.Now.Package || asked.Id != one.Now.EventId))
            refusal = new SipRefusal(481, "Another Event");
        if (refusal is not null)
        {
            Respond(transaction, request, refusal.Value.Status, refusal.Value.Reason);
            return;
        }

        if (SubscribeRequest.LifetimeOf(request, services.Options) is not { } lifetime)
        {
            Respond(transaction, request, 423, null);
            return;
        }

        one.Now = one.Now with
        {
            Dialog = dialog.RefreshedBy(request),
            Target = TeleCube.Sip.Transport.SipTarget.To(flow),
            ExpiresAt = services.Clock.GetUtcNow() + lifetime,
        };
        if (lifetime > TimeSpan.Zero) Store(one.Now, transaction, request, lifetime);
        else
        {
            Accept(transaction, request, one.Now, lifetime);
            End(one, "timeout");
        }
    }

    void Expire()
    {
        var now = services.Clock.GetUtcNow();
        foreach (var one in _subscriptions.Values.Where(one => one.Now.ExpiresAt <= now).ToList()) End(one, "timeout");
        ArmExpiry();
    }

    LiveSubscription Add(Subscription subscription)
    {
        var one = new LiveSubscription(subscription);
        if (_subscriptions.Count == 0) services.Board.Watch(Key(watcher.Value), Self); // the extension may be deleted
        _subscriptions[subscription.Id] = one;
        services.Board.Counted(tenant, 1);
        services.Board.Watch(Key(subscription.Watched), Self);
        ArmExpiry();
        return one;
    }

    void Release(LiveSubscription one)
    {
        if (!_subscriptions.Remove(one.Now.Id)) return;
        services.Board.Counted(tenant, -1);
        if (one.Now.Watched != watcher.Value && _subscriptions.Values.All(other => other.Now.Watched != one.Now.Watched))
            services.Board.Forget(Key(one.Now.Watched), Self);
        ArmExpiry();
    }

    void Drop(LiveSubscription one)
    {
        Timers.Cancel(TimerOf(one));
        Release(one);
        _ = Tell(Self, Write(SubscriptionRows.Gone(tenant, one.Now.Id)), null, null); // what the store does not hear expires there
    }

    void ArmExpiry()
    {
        if (_subscriptions.Count == 0) Timers.Cancel(ExpiryTimer);
        else Timers.At(ExpiryTimer, _subscriptions.Values.Min(one => one.Now.ExpiresAt), new SubscriptionMessage.Expire());
    }

    ResourceKey Key(string number) => new(tenant, number);

    static string TimerOf(LiveSubscription one) => $"tell-{one.Now.Id}";
}
