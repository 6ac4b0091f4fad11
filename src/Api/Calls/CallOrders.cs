using TeleCube.Actors.Calls.Model;
using TeleCube.Api.Http;

namespace TeleCube.Api.Calls;

/// <summary>Begins calls by order, each at most once for an Idempotency-Key.</summary>
public sealed class CallOrders(CallIds ids, IdempotencyKeys keys, EntityDesk desk)
{
    /// <summary>
    /// The key is kept with the call's id before the order is given. A repeat finds that
    /// id: the first order's answer, whatever became of it since.
    /// </summary>
    public async Task<(CallId Call, Refused? Refused)> Place(CallCommand.Order order, string? key, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (key is null) return await Place(ids.Next(), order, stop);
        using var hold = keys.TryHold(order.Tenant, key);
        if (hold is null) return (default, Refused.With(ApiCodes.RequestInProgress));

        var request = $"POST calls {order.From} {order.To}";
        if (await keys.Find(order.Tenant, key, stop) is { } known)
            return known.Request == request ? (new CallId(known.Resource), null) : (default, Refused.With(ApiCodes.IdempotencyKeyReused));

        var id = ids.Next();
        await keys.Keep(order.Tenant, key, new KeptRequest(request, id.Value), stop);
        var (call, refused) = await Place(id, order, stop);
        if (refused is not null) await keys.Forget(order.Tenant, key, CancellationToken.None); // nothing was begun; the key may be used again
        return (call, refused);
    }

    async Task<(CallId, Refused?)> Place(CallId id, CallCommand.Order order, CancellationToken stop) =>
        (id, await desk.Begin(id.Entity(order.Tenant), order, stop) is { } refused ? Refused.By(refused) : null);
}
