using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Trunks;
using TeleCube.Api.Http;

namespace TeleCube.Api.Operator;

/// <summary>The SIP trunks to carriers, and how they are doing.</summary>
static class TrunksApi
{
    public static void MapTrunks(this RouteGroupBuilder operatorRoutes)
    {
        var trunks = operatorRoutes.MapGroup("/trunks").WithTags("Operator: trunks");
        trunks.MapGet("", List).WithSummary("List trunks with their states");
        trunks.MapPost("", Create).WithSummary("Create a trunk");
        trunks.MapGet("/{id}", Get).WithSummary("Get a trunk with its state");
        trunks.MapPut("/{id}", Put).WithSummary("Replace a trunk; a password that is left out stays");
        trunks.MapDelete("/{id}", Delete).WithSummary("Delete a trunk");
    }

    static async Task<Results<Ok<ListOf<TrunkView>>, Refused>> List(
        [AsParameters] PageQuery page, EntityDesk desk, ITrunks states, CancellationToken stop) =>
        TypedResults.Ok(ListOf<TrunkView>.Page(
            (await desk.Platform(stop)).Trunks.Values, page, trunk => trunk.Id.Value, trunk => TrunkView.Of(trunk, states.Find(trunk.Id))));

    static async Task<Results<Tagged<TrunkView>, Refused>> Get(TrunkId id, EntityDesk desk, ITrunks states, CancellationToken stop) =>
        await Show(id, desk, states, null, stop);

    static async Task<Results<Tagged<TrunkView>, Refused>> Create(Body<NewTrunkInput> body, EntityDesk desk, ITrunks states, CancellationToken stop)
    {
        var trunk = body.Value.ToTrunk(new TrunkId(body.Faults.Identifier("id", body.Value.Id)), null, body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        if (await desk.Tell(new PlatformCommand.SaveTrunk(trunk, Create: true), stop) is { } refused) return Refused.By(refused);
        return await Show(trunk.Id, desk, states, $"/api/v1/operator/trunks/{trunk.Id}", stop);
    }

    static async Task<Results<Tagged<TrunkView>, Refused>> Put(
        TrunkId id, Body<TrunkInput> body, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk, ITrunks states, CancellationToken stop)
    {
        if ((await desk.Platform(stop)).Trunks.GetValueOrDefault(id) is not { } old) return Refused.With(Refusals.NoSuchTrunk);
        var trunk = body.Value.ToTrunk(id, old, body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        if (await desk.Tell(new PlatformCommand.SaveTrunk(trunk, IfMatch: ETags.Version(ifMatch)), stop) is { } refused) return Refused.By(refused);
        return await Show(id, desk, states, null, stop);
    }

    static async Task<Results<NoContent, Refused>> Delete(
        TrunkId id, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk, CancellationToken stop) =>
        await desk.Tell(new PlatformCommand.DeleteTrunk(id, ETags.Version(ifMatch)), stop) is { } refused
            ? Refused.By(refused)
            : TypedResults.NoContent();

    static async Task<Results<Tagged<TrunkView>, Refused>> Show(
        TrunkId id, EntityDesk desk, ITrunks states, string? location, CancellationToken stop) =>
        (await desk.Platform(stop)).Trunks.GetValueOrDefault(id) is { } trunk
            ? new Tagged<TrunkView>(TrunkView.Of(trunk, states.Find(id)), trunk.Version, location)
            : Refused.With(Refusals.NoSuchTrunk);
}
