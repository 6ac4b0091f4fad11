using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Tenants;

/// <summary>Numery Wewnętrzne.</summary>
static class ExtensionsApi
{
    public static void MapExtensions(this RouteGroupBuilder tenant)
    {
        var extensions = tenant.MapGroup("/extensions").WithTags("Extensions");
        extensions.MapGet("", List).For(UserRole.Consultant).WithSummary("List extensions");
        extensions.MapPost("", Create).For(UserRole.Administrator).WithSummary("Create an extension");
        extensions.MapGet("/{extension}", Get).For(UserRole.Consultant).WithSummary("Get an extension");
        extensions.MapPut("/{extension}", Put).For(UserRole.Administrator).WithSummary("Replace all settings of an extension but its password");
        extensions.MapDelete("/{extension}", Delete).For(UserRole.Administrator).WithSummary("Delete an extension");
        extensions.MapPut("/{extension}/password", SetPassword).For(UserRole.Administrator).WithSummary("Set the password of its phones");
        extensions.MapGet("/{extension}/registrations", Registrations).For(UserRole.Consultant).WithSummary("List its registered phones");
    }

    static async Task<Results<Ok<ListOf<ExtensionView>>, Refused>> List(
        TenantId tenantId, [AsParameters] PageQuery page, EntityDesk desk, CancellationToken stop)
    {
        var tenant = await desk.Tenant(tenantId, stop);
        return TypedResults.Ok(ListOf<ExtensionView>.Page(
            tenant.Extensions.Values, page, extension => extension.Number.Value, extension => ExtensionView.Of(tenant, extension)));
    }

    static async Task<Results<Tagged<ExtensionView>, Refused>> Get(
        TenantId tenantId, ExtensionNumber extension, EntityDesk desk, CancellationToken stop) =>
        await Show(tenantId, extension, desk, null, stop);

    static async Task<Results<Tagged<ExtensionView>, Refused>> Create(
        TenantId tenantId, Body<NewExtensionInput> body, EntityDesk desk, ApiSettings settings, CancellationToken stop)
    {
        var (input, faults) = (body.Value, body.Faults);
        faults.Extension("number", input.Number, out var number);
        var created = input.ToExtension(number ?? default, faults);
        var password = input.Password is null ? null : PasswordInput.Check(input.Password, faults);
        if (body.Refusal is { } wrong) return wrong;

        var user = (await desk.Tenant(tenantId, stop)).SipUser(created.Number);
        if (password is not null) created = created with { Credentials = SipCredentials.Of(user, settings.SipRealm, password) };
        if (await desk.Tell(tenantId, new TenantCommand.CreateExtension(created), stop) is { } refused) return Refused.By(refused);
        return await Show(tenantId, created.Number, desk, $"/api/v1/tenants/{tenantId}/extensions/{created.Number}", stop);
    }

    static async Task<Results<Tagged<ExtensionView>, Refused>> Put(
        TenantId tenantId, ExtensionNumber extension, Body<ExtensionInput> body, [FromHeader(Name = "If-Match")] string? ifMatch,
        EntityDesk desk, CancellationToken stop)
    {
        var changed = body.Value.ToExtension(extension, body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        if (await desk.Tell(tenantId, new TenantCommand.UpdateExtension(changed, ETags.Version(ifMatch)), stop) is { } refused) return Refused.By(refused);
        return await Show(tenantId, extension, desk, null, stop);
    }

    static async Task<Results<NoContent, Refused>> Delete(
        TenantId tenantId, ExtensionNumber extension, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk, CancellationToken stop) =>
        await desk.Tell(tenantId, new TenantCommand.DeleteExtension(extension, ETags.Version(ifMatch)), stop) is { } refused
            ? Refused.By(refused)
            : TypedResults.NoContent();

    static async Task<Results<NoContent, Refused>> SetPassword(
        TenantId tenantId, ExtensionNumber extension, Body<PasswordInput> body, EntityDesk desk, ApiSettings settings, CancellationToken stop)
    {
        var password = PasswordInput.Check(body.Value.Password, body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        var credentials = SipCredentials.Of((await desk.Tenant(tenantId, stop)).SipUser(extension), settings.SipRealm, password);
        return await desk.Tell(tenantId, new TenantCommand.SetExtensionPassword(extension, credentials), stop) is { } refused
            ? Refused.By(refused)
            : TypedResults.NoContent();
    }

    static async Task<Results<Ok<ListOf<RegistrationView>>, Refused>> Registrations(
        TenantId tenantId, ExtensionNumber extension, EntityDesk desk, IRegistrationStore registrations, CancellationToken stop)
    {
        if (!(await desk.Tenant(tenantId, stop)).Extensions.ContainsKey(extension)) return Refused.With(Refusals.NoSuchExtension);
        var rows = await registrations.Load(tenantId, extension.Value, stop);
        return TypedResults.Ok(new ListOf<RegistrationView>([.. rows.Select(RegistrationView.Of)], null));
    }

    static async Task<Results<Tagged<ExtensionView>, Refused>> Show(
        TenantId tenantId, ExtensionNumber number, EntityDesk desk, string? location, CancellationToken stop)
    {
        var tenant = await desk.Tenant(tenantId, stop);
        return tenant.Extensions.TryGetValue(number, out var extension)
            ? new Tagged<ExtensionView>(ExtensionView.Of(tenant, extension), extension.Version, location)
            : Refused.With(Refusals.NoSuchExtension);
    }
}
