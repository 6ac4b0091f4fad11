using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Subscriptions;

/// <summary>What is said to the actor that keeps an extension's subscriptions.</summary>
public abstract record SubscriptionMessage
{
    SubscriptionMessage() { }

    /// <summary>An authenticated SUBSCRIBE that begins a dialog.</summary>
    public sealed record Subscribe(SubscribeRequest Wanted, ServerTransactionId Transaction, SipRequest Request, SipFlow Flow) : SubscriptionMessage;

    /// <summary>A request within a subscription's dialog: a refresh, or the end.</summary>
    public sealed record Within(ServerTransactionId Transaction, SipRequest Request, SipFlow Flow) : SubscriptionMessage;

    /// <summary>What is watched under these digits is not what it was.</summary>
    public sealed record Changed(string Watched) : SubscriptionMessage;

    /// <summary>The final answer to a NOTIFY; 408 where none came.</summary>
    public sealed record Answered(NotifySent Sent, int Status) : SubscriptionMessage;

    /// <summary>After a restart: begin, so that the phones are told again.</summary>
    public sealed record Wake : SubscriptionMessage;

    internal sealed record Loaded(IReadOnlyList<Subscription> Subscriptions) : SubscriptionMessage;

    internal sealed record LoadFailed(string Reason) : SubscriptionMessage;

    internal sealed record LoadAgain : SubscriptionMessage;

    internal sealed record Stored(Subscription Subscription, ServerTransactionId Transaction, SipRequest Request, TimeSpan Lifetime) : SubscriptionMessage;

    internal sealed record StoreFailed(ServerTransactionId Transaction, SipRequest Request, string Reason) : SubscriptionMessage;

    internal sealed record TellNow(string Id) : SubscriptionMessage;

    internal sealed record Expire : SubscriptionMessage;
}

/// <summary>What the stack gives back with the answer to a NOTIFY: whose it was.</summary>
public sealed record NotifySent(Kernel.Sharding.EntityId Watcher, string Id);
