using System.Collections.Immutable;
using TeleCube.Kernel.Actors;

namespace TeleCube.Kernel.Events;

/// <summary>What concerns nobody in particular: published once, told to every subscriber of its type.</summary>
public sealed class EventStream
{
    ImmutableArray<Subscription> _subscriptions = [];

    public void Publish(object happened)
    {
        foreach (var subscription in _subscriptions)
            if (subscription.Type.IsInstanceOfType(happened)) subscription.Ref.Tell(happened);
    }

    /// <summary>Tells that actor every published <typeparamref name="T"/> until it stops or the subscription is disposed.</summary>
    public IDisposable Subscribe<T>(ActorRef subscriber)
    {
        var subscription = new Subscription(this, typeof(T), subscriber);
        ImmutableInterlocked.Update(ref _subscriptions, static (all, added) => all.Add(added), subscription);
        if (subscriber is ActorCell cell) cell.Subscribed();
        return subscription;
    }

    public void Unsubscribe(ActorRef subscriber) =>
        ImmutableInterlocked.Update(ref _subscriptions, static (all, gone) => all.RemoveAll(one => one.Ref == gone), subscriber);

    sealed class Subscription(EventStream stream, Type type, ActorRef subscriber) : IDisposable
    {
        public Type Type => type;

        public ActorRef Ref => subscriber;

        public void Dispose() => ImmutableInterlocked.Update(ref stream._subscriptions, static (all, gone) => all.Remove(gone), this);
    }
}
