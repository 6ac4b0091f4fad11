using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Platform;
using TeleCube.Api.Http;

namespace TeleCube.Api.Operator;

/// <summary>Tariffs: prefix tables with VAT rates. Each change is a new version, which old quotes do not fit.</summary>
static class TariffsApi
{
    public static void MapTariffs(this RouteGroupBuilder operatorRoutes)
    {
        var tariffs = operatorRoutes.MapGroup("/tariffs").WithTags("Operator: tariffs");
        tariffs.MapGet("", List).WithSummary("List tariffs, without their rows");
        tariffs.MapGet("/{id}", Get).WithSummary("Get a tariff with its rows");
        tariffs.MapPut("/{id}", Put).WithSummary("Create or replace a tariff");
        tariffs.MapDelete("/{id}", Delete).WithSummary("Delete a tariff that no tenant has");
        tariffs.MapPut("/{id}/rows", Import).Accepts<string>("text/csv").WithSummary("Import all rows of a tariff from CSV, all or none")
            .WithDescription("Lines of key,name,net[,unit[,first[,next]]]; with semicolons, decimal commas are taken too. "
                + "A wrong line is named in errors as line N.");
    }

    static async Task<Results<Ok<ListOf<TariffSummary>>, Refused>> List([AsParameters] PageQuery page, EntityDesk desk, CancellationToken stop) =>
        TypedResults.Ok(ListOf<TariffSummary>.Page((await desk.Platform(stop)).Tariffs.Values, page, tariff => tariff.Id.Value, TariffSummary.Of));

    static async Task<Results<Tagged<TariffView>, Refused>> Get(TariffId id, EntityDesk desk, CancellationToken stop) => await Show(id, desk, stop);

    static async Task<Results<Tagged<TariffView>, Refused>> Put(
        TariffId id, Body<TariffInput> body, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk, CancellationToken stop)
    {
        var tariff = body.Value.ToTariff(id, body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        if (await desk.Tell(new PlatformCommand.SaveTariff(tariff, ETags.Version(ifMatch)), stop) is { } refused) return Refused.By(refused);
        return await Show(id, desk, stop);
    }

    static async Task<Results<NoContent, Refused>> Delete(TariffId id, EntityDesk desk, CancellationToken stop) =>
        await desk.Tell(new PlatformCommand.DeleteTariff(id), stop) is { } refused ? Refused.By(refused) : TypedResults.NoContent();

    static async Task<Results<Tagged<TariffView>, Refused>> Import(
        TariffId id, HttpRequest request, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk, CancellationToken stop)
    {
        if ((await desk.Platform(stop)).Tariffs.GetValueOrDefault(id) is not { } tariff) return Refused.With(Refusals.NoSuchTariff);
        using var reader = new StreamReader(request.Body);
        using var text = new StringReader(await reader.ReadToEndAsync(stop)); // Kestrel bounds the body
        var result = TariffCsv.Parse(text);
        if (result.Errors.Count > 0)
            return Refused.Fields(result.Errors
                .GroupBy(error => $"line {error.Line}")
                .ToDictionary(line => line.Key, line => line.Select(error => error.Text).ToArray()));
        // The rows replace those of the version that was just read, unless the client names another.
        var command = new PlatformCommand.SaveTariff(tariff with { Rows = [.. result.Rows] }, ETags.Version(ifMatch) ?? tariff.Version);
        if (await desk.Tell(command, stop) is { } refused) return Refused.By(refused);
        return await Show(id, desk, stop);
    }

    static async Task<Results<Tagged<TariffView>, Refused>> Show(TariffId id, EntityDesk desk, CancellationToken stop) =>
        (await desk.Platform(stop)).Tariffs.GetValueOrDefault(id) is { } tariff
            ? new Tagged<TariffView>(TariffView.Of(tariff), tariff.Version)
            : Refused.With(Refusals.NoSuchTariff);
}
