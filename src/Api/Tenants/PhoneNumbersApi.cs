using Microsoft.AspNetCore.Http.HttpResults;
using TeleCube.Actors;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Tenants;

/// <summary>Numery Telefonu: the operator gives them, the tenant says where they lead.</summary>
static class PhoneNumbersApi
{
    public static void MapPhoneNumbers(this RouteGroupBuilder tenant)
    {
        var numbers = tenant.MapGroup("/phone-numbers").WithTags("Phone numbers");
        numbers.MapGet("", List).For(UserRole.Consultant).WithSummary("List the tenant's numbers");
        numbers.MapPut("", Put).For(UserRole.Administrator).WithSummary("Save rows, all or none");
        numbers.MapGet("/{number}", Get).For(UserRole.Consultant).WithSummary("Get one number");
    }

    static async Task<Results<Ok<ListOf<PhoneNumberView>>, Refused>> List(
        TenantId tenantId, [AsParameters] PageQuery page, EntityDesk desk, INumberInfo plan, CancellationToken stop) =>
        TypedResults.Ok(ListOf<PhoneNumberView>.Page(
            (await desk.Tenant(tenantId, stop)).PhoneNumbers.Values, page, number => number.Number.Value, number => PhoneNumberView.Of(number, plan)));

    static async Task<Results<Tagged<PhoneNumberView>, Refused>> Get(
        TenantId tenantId, E164 number, EntityDesk desk, INumberInfo plan, CancellationToken stop) =>
        (await desk.Tenant(tenantId, stop)).PhoneNumbers.GetValueOrDefault(number) is { } found
            ? new Tagged<PhoneNumberView>(PhoneNumberView.Of(found, plan), found.Version)
            : Refused.With(Refusals.NoSuchPhoneNumber);

    static async Task<Results<Ok<ListOf<PhoneNumberView>>, Refused>> Put(
        TenantId tenantId, Body<PhoneNumbersInput> body, EntityDesk desk, INumberInfo plan, CancellationToken stop)
    {
        var rows = body.Value.ToRows(body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        if (await desk.Tell(tenantId, new TenantCommand.SavePhoneNumbers(rows), stop) is { } refused) return Refused.By(refused);
        var saved = (await desk.Tenant(tenantId, stop)).PhoneNumbers;
        var named = rows.Select(row => saved.GetValueOrDefault(row.Number)).OfType<PhoneNumber>();
        return TypedResults.Ok(new ListOf<PhoneNumberView>([.. named.Select(number => PhoneNumberView.Of(number, plan))], null));
    }
}
