using Microsoft.Extensions.Logging;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;

namespace TeleCube.Actors.Subscriptions;

/// <remarks>The rows of the store: read when the actor starts, written before a phone is answered.</remarks>
public sealed partial class SubscriptionsActor
{
    static readonly TimeSpan _loadAgainAfter = TimeSpan.FromSeconds(1);

    /// <summary>After a restart an extension's phones are told one after the other, not all at once.</summary>
    static readonly TimeSpan _stagger = TimeSpan.FromMilliseconds(50);

    void Load()
    {
        Become(Loading);
        _ = Tell(
            Self, SubscriptionRows.Of(services.Store, tenant, watcher.Value),
            rows => new SubscriptionMessage.Loaded(rows), why => new SubscriptionMessage.LoadFailed(why));
    }

    void Loading(object message)
    {
        switch (message)
        {
            case SubscriptionMessage.Loaded(var rows):
                Unbecome();
                TakeUp(rows);
                UnstashAll();
                if (_subscriptions.Count == 0) Self.Tell(new SubscriptionMessage.Wake()); // behind what was stashed: it may begin something
                break;
            case SubscriptionMessage.LoadFailed(var why):
                services.Log.Of(EntityKinds.Subscriptions(tenant, watcher)).LogWarning("What a phone watches cannot be read: {Reason}", why);
                Timers.After("load", _loadAgainAfter, new SubscriptionMessage.LoadAgain());
                break;
            case SubscriptionMessage.LoadAgain: Load(); break;
            default: Stash(); break;
        }
    }

    void TakeUp(IReadOnlyList<Subscription> rows)
    {
        var now = services.Clock.GetUtcNow();
        foreach (var (index, row) in rows.Where(row => row.ExpiresAt > now).Index())
        {
            var one = Add(row.TakenUp());
            one.NotBefore = now + (index * _stagger);
            TellIfDue(one);
        }
    }

    void Store(Subscription subscription, ServerTransactionId transaction, SipRequest request, TimeSpan lifetime)
    {
        _pending++;
        _ = Tell(
            Self, Write(SubscriptionRows.Row(tenant, subscription)),
            _ => new SubscriptionMessage.Stored(subscription, transaction, request, lifetime),
            why => new SubscriptionMessage.StoreFailed(transaction, request, why));
    }

    void Stored(SubscriptionMessage.Stored stored)
    {
        _pending--;
        var (subscription, transaction, request, lifetime) = stored;
        Accept(transaction, request, subscription, lifetime);
        var one = _subscriptions.GetValueOrDefault(subscription.Id) ?? (request.To.Tag is null ? Add(subscription) : null);
        if (one is null) return; // it ended while it was written
        one.Wants = true;
        ArmExpiry();
        TellIfDue(one);
    }

    void StoreFailed(SubscriptionMessage.StoreFailed failed)
    {
        _pending--;
        services.Log.Of(EntityKinds.Subscriptions(tenant, watcher)).LogWarning("A subscription cannot be stored: {Reason}", failed.Reason);
        Respond(failed.Transaction, failed.Request, 503, null);
    }

    async Task<bool> Write(StoreWrite row)
    {
        await services.Store.Write([row]).ConfigureAwait(false);
        return true;
    }

    static async Task Tell<T>(ActorRef self, Task<T> work, Func<T, SubscriptionMessage>? done, Func<string, SubscriptionMessage>? failed)
    {
        try
        {
            var result = await work.ConfigureAwait(false);
            if (done is not null) self.Tell(done(result));
        }
        catch (Exception failure)
        {
            if (failed is not null) self.Tell(failed(failure.Message));
        }
    }
}
