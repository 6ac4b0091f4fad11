using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Schemes;

/// <summary>Manual switches, such as day and night.</summary>
static class SwitchesApi
{
    public static void MapSwitches(this RouteGroupBuilder tenant)
    {
        var switches = tenant.MapGroup("/switches").WithTags("Switches");
        switches.MapGet("", List).For(UserRole.Consultant).WithSummary("List manual switches and how they stand");
        switches.MapPost("", Create).For(UserRole.Administrator).WithSummary("Create a switch");
        switches.MapGet("/{id}", Get).For(UserRole.Consultant).WithSummary("Get a switch");
        switches.MapPut("/{id}", Put).For(UserRole.Administrator).WithSummary("Replace a switch's name and code");
        switches.MapPut("/{id}/state", PutState).For(UserRole.Supervisor).WithSummary("Set a switch");
        switches.MapDelete("/{id}", Delete).For(UserRole.Administrator).WithSummary("Delete a switch that no scheme asks for");
    }

    static async Task<Results<Ok<ListOf<SwitchView>>, Refused>> List(
        TenantId tenantId, [AsParameters] PageQuery page, EntityDesk desk, CancellationToken stop) =>
        TypedResults.Ok(ListOf<SwitchView>.Page((await desk.Tenant(tenantId, stop)).Switches.Values, page, found => found.Id.Value, SwitchView.Of));

    static Task<Results<Tagged<SwitchView>, Refused>> Get(TenantId tenantId, SwitchId id, EntityDesk desk, CancellationToken stop) =>
        Show(tenantId, id, desk, null, stop);

    static async Task<Results<Tagged<SwitchView>, Refused>> Create(TenantId tenantId, Body<NewSwitchInput> body, EntityDesk desk, CancellationToken stop)
    {
        var id = new SwitchId(body.Value.Id is null ? Ids.Random() : body.Faults.Identifier("id", body.Value.Id));
        var made = new ManualSwitch(id) { Name = body.Value.CheckName(body.Faults), Code = body.Value.CheckCode(body.Faults), On = body.Value.On };
        if (body.Refusal is { } wrong) return wrong;
        if (await desk.Tell(tenantId, new TenantCommand.CreateSwitch(made), stop) is { } refused) return Refused.By(refused);
        return await Show(tenantId, id, desk, $"/api/v1/tenants/{tenantId}/switches/{id}", stop);
    }

    static async Task<Results<Tagged<SwitchView>, Refused>> Put(
        TenantId tenantId, SwitchId id, Body<SwitchInput> body, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk, CancellationToken stop)
    {
        var command = new TenantCommand.UpdateSwitch(id, body.Value.CheckName(body.Faults), body.Value.CheckCode(body.Faults), ETags.Version(ifMatch));
        if (body.Refusal is { } wrong) return wrong;
        if (await desk.Tell(tenantId, command, stop) is { } refused) return Refused.By(refused);
        return await Show(tenantId, id, desk, null, stop);
    }

    static async Task<Results<Tagged<SwitchView>, Refused>> PutState(
        TenantId tenantId, SwitchId id, Body<SwitchStateInput> body, EntityDesk desk, CancellationToken stop)
    {
        if (body.Value.On is null && !body.Faults.Has("on")) body.Faults.Add("on", "is required");
        if (body.Refusal is { } wrong) return wrong;
        if (await desk.Tell(tenantId, new TenantCommand.SetSwitch(id, body.Value.On), stop) is { } refused) return Refused.By(refused);
        return await Show(tenantId, id, desk, null, stop);
    }

    static async Task<Results<NoContent, Refused>> Delete(
        TenantId tenantId, SwitchId id, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk, CancellationToken stop) =>
        await desk.Tell(tenantId, new TenantCommand.DeleteSwitch(id, ETags.Version(ifMatch)), stop) is { } refused
            ? Refused.By(refused)
            : TypedResults.NoContent();

    static async Task<Results<Tagged<SwitchView>, Refused>> Show(TenantId tenantId, SwitchId id, EntityDesk desk, string? location, CancellationToken stop) =>
        (await desk.Tenant(tenantId, stop)).Switches.GetValueOrDefault(id) is { } found
            ? new Tagged<SwitchView>(SwitchView.Of(found), found.Version, location)
            : Refused.With(Refusals.NoSuchSwitch);
}

/// <summary>A switch; <c>code</c> is what is dialled after <c>*7</c> to turn it.</summary>
public sealed record SwitchView(string Id, string Name, bool On, string? Code)
{
    internal static SwitchView Of(ManualSwitch found) => new(found.Id.Value, found.Name, found.On, found.Code);
}

/// <summary>A switch's name and code.</summary>
public record SwitchInput
{
    const int MaxName = 100;
    const int MaxCode = 2;

    public string? Name { get; init; }

    /// <summary>Dialled after <c>*7</c>, up to two digits; empty: <c>*7</c> alone. Without it no phone can turn the switch.</summary>
    public string? Code { get; init; }

    internal string CheckName(Faults faults) => faults.Required("name", Name, MaxName);

    internal string? CheckCode(Faults faults)
    {
        if (Code is { } code && (code.Length > MaxCode || !code.All(char.IsAsciiDigit))) faults.Add("code", $"must be at most {MaxCode} digits");
        return Code;
    }
}

/// <summary>A new switch; its id is chosen by the exchange if it is left out.</summary>
public sealed record NewSwitchInput : SwitchInput
{
    public string? Id { get; init; }

    public bool On { get; init; }
}

/// <summary>How a switch is to stand.</summary>
public sealed record SwitchStateInput
{
    public bool? On { get; init; }
}
