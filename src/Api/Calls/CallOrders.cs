using TeleCube.Actors.Calls.Ingress;
using TeleCube.Actors.Calls.Model;
using TeleCube.Api.Http;

namespace TeleCube.Api.Calls;

/// <summary>Begins calls by order, each at most once for an Idempotency-Key.</summary>
public sealed class CallOrders(CallIds ids, IdempotencyKeys keys, Drain drain, AdmissionControl admission, EntityDesk desk)
{
    /// <summary>
    /// The key is kept with the call's id before the order is given. A repeat gives the order to that very call again: one that has begun answers as it did
    /// the first time, whatever became of it since; one that a crash kept from beginning begins now.
    /// </summary>
    public async Task<(CallId Call, Refused? Refused)> Place(CallCommand.Order order, string? key, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (key is null) return await Place(ids.Next(), order, stop);
        using var hold = keys.TryHold(order.Tenant, key);
        if (hold is null) return (default, Refused.With(ApiCodes.RequestInProgress));

        var request = $"POST calls {order.From} {order.To}";
        var known = await keys.Find(order.Tenant, key, stop);
        if (known is not null && known.Request != request) return (default, Refused.With(ApiCodes.IdempotencyKeyReused));

        if (known is not null) return await Repeat(new CallId(known.Resource), order, stop);

        var id = ids.Next();
        await keys.Keep(order.Tenant, key, new KeptRequest(request, id.Value), stop);
        var (call, refused) = await Place(id, order, stop);
        if (refused is not null) await keys.Forget(order.Tenant, key, CancellationToken.None); // nothing was begun; the key may be used again
        return (call, refused);
    }

    /// <summary>The call may run or have ended: its journal is asked first, unlike a new one's.</summary>
    async Task<(CallId, Refused?)> Repeat(CallId id, CallCommand.Order order, CancellationToken stop) =>
        (id, await desk.Tell(id.Entity(order.Tenant), order, stop) is { } refused ? Refused.By(refused) : null);

    async Task<(CallId, Refused?)> Place(CallId id, CallCommand.Order order, CancellationToken stop)
    {
        if (drain.Since is not null) return (id, Refused.With(ApiCodes.Draining));
        if (admission.Begin() is { } why) return (id, Refused.After(ApiCodes.TooManyCalls, admission.RetryAfter, why));
        return (id, await desk.Begin(id.Entity(order.Tenant), order, stop) is { } refused ? Refused.By(refused) : null);
    }
}
