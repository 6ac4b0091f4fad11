using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Tenants;

/// <summary>Numery Zewnętrzne: the price first, then the number.</summary>
static class ExternalNumbersApi
{
    public static void MapExternalNumbers(this RouteGroupBuilder tenant)
    {
        var numbers = tenant.MapGroup("/external-numbers").WithTags("External numbers");
        numbers.MapGet("", List).For(UserRole.Consultant).WithSummary("List external numbers");
        numbers.MapPost("", Create).For(UserRole.Administrator).WithSummary("Create an external number, its price accepted");
        numbers.MapPost("/quote", Quote).For(UserRole.Administrator).WithSummary("What forwarding to a number costs");
        numbers.MapGet("/{id}", Get).For(UserRole.Consultant).WithSummary("Get an external number");
        numbers.MapPut("/{id}", Put).For(UserRole.Administrator).WithSummary("Replace an external number; another number needs an accepted price");
        numbers.MapDelete("/{id}", Delete).For(UserRole.Administrator).WithSummary("Delete an external number");
    }

    static async Task<Results<Ok<ListOf<ExternalNumberView>>, Refused>> List(
        TenantId tenantId, [AsParameters] PageQuery page, Caller caller, EntityDesk desk, CancellationToken stop) =>
        TypedResults.Ok(ListOf<ExternalNumberView>.Page(
            (await desk.Tenant(tenantId, stop)).ExternalNumbers.Values, page, number => number.Id.Value, number => ExternalNumberView.Of(number, caller)));

    static async Task<Results<Ok<QuoteView>, Refused>> Quote(
        TenantId tenantId, Body<QuoteInput> body, EntityDesk desk, QuoteSeal seal, INumberInfo plan, CancellationToken stop)
    {
        var number = body.Faults.Number("number", body.Value.Number, required: true);
        if (body.Refusal is { } wrong) return wrong;
        var tenant = await desk.Tenant(tenantId, stop);
        if (seal.Quote(tenant, number!.Value) is not { } quote) return Refused.With(Refusals.NotPriced, number.Value.Value);
        return TypedResults.Ok(QuoteView.Of(quote, seal.Seal(quote), plan.Of(quote.Number)));
    }

    static async Task<Results<Tagged<ExternalNumberView>, Refused>> Get(
        TenantId tenantId, ExternalNumberId id, Caller caller, EntityDesk desk, CancellationToken stop) =>
        await Show(tenantId, id, caller, desk, null, stop);

    static async Task<Results<Tagged<ExternalNumberView>, Refused>> Create(
        TenantId tenantId, Body<NewExternalNumberInput> body, Caller caller, EntityDesk desk, QuoteSeal seal, CancellationToken stop)
    {
        var id = new ExternalNumberId(body.Value.Id is null ? Ids.Random() : body.Faults.Identifier("id", body.Value.Id));
        var number = body.Value.ToExternalNumber(id, body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        var quote = seal.Accepted(body.Value.AcceptedQuoteId);
        if (await desk.Tell(tenantId, new TenantCommand.CreateExternalNumber(number, quote, caller.Name), stop) is { } refused)
            return Refused.By(refused);
        return await Show(tenantId, id, caller, desk, $"/api/v1/tenants/{tenantId}/external-numbers/{id}", stop);
    }

    static async Task<Results<Tagged<ExternalNumberView>, Refused>> Put(
        TenantId tenantId, ExternalNumberId id, Body<ExternalNumberInput> body, [FromHeader(Name = "If-Match")] string? ifMatch,
        Caller caller, EntityDesk desk, QuoteSeal seal, CancellationToken stop)
    {
        var number = body.Value.ToExternalNumber(id, body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        var command = new TenantCommand.UpdateExternalNumber(number, seal.Accepted(body.Value.AcceptedQuoteId), caller.Name, ETags.Version(ifMatch));
        if (await desk.Tell(tenantId, command, stop) is { } refused) return Refused.By(refused);
        return await Show(tenantId, id, caller, desk, null, stop);
    }

    static async Task<Results<NoContent, Refused>> Delete(
        TenantId tenantId, ExternalNumberId id, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk, CancellationToken stop) =>
        await desk.Tell(tenantId, new TenantCommand.DeleteExternalNumber(id, ETags.Version(ifMatch)), stop) is { } refused
            ? Refused.By(refused)
            : TypedResults.NoContent();

    static PriceQuote? Accepted(this QuoteSeal seal, string? quoteId) => quoteId is null ? null : seal.Open(quoteId);

    static async Task<Results<Tagged<ExternalNumberView>, Refused>> Show(
        TenantId tenantId, ExternalNumberId id, Caller caller, EntityDesk desk, string? location, CancellationToken stop) =>
        (await desk.Tenant(tenantId, stop)).ExternalNumbers.GetValueOrDefault(id) is { } number
            ? new Tagged<ExternalNumberView>(ExternalNumberView.Of(number, caller), number.Version, location)
            : Refused.With(Refusals.NoSuchExternalNumber);
}
