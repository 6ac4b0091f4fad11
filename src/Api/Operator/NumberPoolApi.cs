using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Platform;
using TeleCube.Api.Http;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Operator;

/// <summary>The pool of numbers and who holds each.</summary>
static class NumberPoolApi
{
    public static void MapNumberPool(this RouteGroupBuilder operatorRoutes)
    {
        var numbers = operatorRoutes.MapGroup("/phone-numbers").WithTags("Operator: numbers");
        numbers.MapGet("", List).WithSummary("List the pool");
        numbers.MapPost("", Add).WithSummary("Add a number to the pool");
        numbers.MapGet("/{number}", Get).WithSummary("Get a number of the pool");
        numbers.MapPut("/{number}", Put).WithSummary("Assign a number to a tenant, or take it back");
        numbers.MapDelete("/{number}", Remove).WithSummary("Remove a number that nobody holds");
    }

    static async Task<Results<Ok<ListOf<PoolNumberView>>, Refused>> List(
        [AsParameters] PageQuery page, EntityDesk desk, INumberInfo plan, CancellationToken stop) =>
        TypedResults.Ok(ListOf<PoolNumberView>.Page(
            (await desk.Platform(stop)).Numbers.Values, page, number => number.Number.Value, number => PoolNumberView.Of(number, plan)));

    static async Task<Results<Tagged<PoolNumberView>, Refused>> Get(E164 number, EntityDesk desk, INumberInfo plan, CancellationToken stop) =>
        await Show(number, desk, plan, null, stop);

    static async Task<Results<Tagged<PoolNumberView>, Refused>> Add(
        Body<NewPoolNumberInput> body, EntityDesk desk, INumberInfo plan, CancellationToken stop)
    {
        var number = body.Faults.Number("number", body.Value.Number, required: true);
        var tenant = body.Value.Tenant is { } text ? new TenantId(body.Faults.Identifier("tenant", text)) : (TenantId?)null;
        if (body.Refusal is { } wrong) return wrong;
        var added = number!.Value;
        if (await desk.Tell(new PlatformCommand.AddNumber(added, body.Value.ReceiveOnly, tenant), stop) is { } refused) return Refused.By(refused);
        if (tenant is { } holder) await desk.Tenant(holder, stop); // by then it has taken the number
        return await Show(added, desk, plan, $"/api/v1/operator/phone-numbers/{added}", stop);
    }

    static async Task<Results<Tagged<PoolNumberView>, Refused>> Put(
        E164 number, Body<PoolNumberInput> body, [FromHeader(Name = "If-Match")] string? ifMatch,
        EntityDesk desk, INumberInfo plan, CancellationToken stop)
    {
        var tenant = body.Value.Tenant is { } text ? new TenantId(body.Faults.Identifier("tenant", text)) : (TenantId?)null;
        if (body.Refusal is { } wrong) return wrong;
        if (!(await desk.Platform(stop)).Numbers.ContainsKey(number)) return Refused.With(Refusals.NoSuchPhoneNumber);
        if (await Assign(number, tenant, ETags.Version(ifMatch), desk, stop) is { } refused) return refused;
        return await Show(number, desk, plan, null, stop);
    }

    static async Task<Results<NoContent, Refused>> Remove(E164 number, EntityDesk desk, CancellationToken stop) =>
        await desk.Tell(new PlatformCommand.RemoveNumber(number), stop) is { } refused ? Refused.By(refused) : TypedResults.NoContent();

    static async Task<Refused?> Assign(E164 number, TenantId? tenant, long? ifMatch, EntityDesk desk, CancellationToken stop)
    {
        if (await desk.Tell(new PlatformCommand.AssignNumber(number, tenant, ifMatch), stop) is { } refused) return Refused.By(refused);
        if (tenant is { } holder) await desk.Tenant(holder, stop); // by then it has taken the number
        return null;
    }

    static async Task<Results<Tagged<PoolNumberView>, Refused>> Show(
        E164 number, EntityDesk desk, INumberInfo plan, string? location, CancellationToken stop) =>
        (await desk.Platform(stop)).Numbers.GetValueOrDefault(number) is { } found
            ? new Tagged<PoolNumberView>(PoolNumberView.Of(found, plan), found.Version, location)
            : Refused.With(Refusals.NoSuchPhoneNumber);
}

/// <summary>A number of the pool; <c>releasing</c> is the former holder until it has let the number go.</summary>
public sealed record PoolNumberView(string Number, string Zone, string? Tenant, bool ReceiveOnly, string? Releasing)
{
    internal static PoolNumberView Of(PoolNumber number, INumberInfo plan) => new(
        number.Number.Value, plan.Of(number.Number).Zone, number.Tenant?.Value, number.ReceiveOnly, number.Dropping?.Value);
}

/// <summary>Who holds the number; without a tenant it is taken back.</summary>
public record PoolNumberInput
{
    public string? Tenant { get; init; }
}

/// <summary>A number for the pool, and to whom it goes at once, if to anybody.</summary>
public sealed record NewPoolNumberInput : PoolNumberInput
{
    public string? Number { get; init; }

    /// <summary>Never presented to anybody.</summary>
    public bool ReceiveOnly { get; init; }
}
