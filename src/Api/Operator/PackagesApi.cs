using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Platform;
using TeleCube.Api.Http;

namespace TeleCube.Api.Operator;

/// <summary>The packages that tenants can have.</summary>
static class PackagesApi
{
    public static void MapPackages(this RouteGroupBuilder operatorRoutes)
    {
        var packages = operatorRoutes.MapGroup("/packages").WithTags("Operator: packages");
        packages.MapGet("", List).WithSummary("List packages");
        packages.MapGet("/{id}", Get).WithSummary("Get a package");
        packages.MapPut("/{id}", Put).WithSummary("Create or replace a package");
    }

    static async Task<Results<Ok<ListOf<PackageView>>, Refused>> List([AsParameters] PageQuery page, EntityDesk desk, CancellationToken stop) =>
        TypedResults.Ok(ListOf<PackageView>.Page((await desk.Platform(stop)).Packages.Values, page, package => package.Id.Value, PackageView.Of));

    static async Task<Results<Tagged<PackageView>, Refused>> Get(PackageId id, EntityDesk desk, CancellationToken stop) =>
        await Show(id, desk, stop);

    static async Task<Results<Tagged<PackageView>, Refused>> Put(
        PackageId id, Body<PackageInput> body, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk, CancellationToken stop)
    {
        var package = body.Value.ToPackage(id, body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        if (await desk.Tell(new PlatformCommand.SavePackage(package, ETags.Version(ifMatch)), stop) is { } refused) return Refused.By(refused);
        return await Show(id, desk, stop);
    }

    static async Task<Results<Tagged<PackageView>, Refused>> Show(PackageId id, EntityDesk desk, CancellationToken stop) =>
        (await desk.Platform(stop)).Packages.GetValueOrDefault(id) is { } package
            ? new Tagged<PackageView>(PackageView.Of(package), package.Version)
            : Refused.With(Refusals.NoSuchPackage);
}

/// <summary>A package; the monthly price is net, a decimal string.</summary>
public sealed record PackageView(string Id, string Name, string MonthlyNet, bool IncludesConferences, bool IncludesRecording)
{
    internal static PackageView Of(Package package) => new(
        package.Id.Value, package.Name, MoneyText.Api(package.MonthlyNet), package.IncludesConferences, package.IncludesRecording);
}

/// <summary>What a package is called, costs and includes.</summary>
public sealed record PackageInput
{
    const int MaxName = 100;

    public string? Name { get; init; }

    /// <summary>Net, such as <c>"49.00"</c>.</summary>
    public string? MonthlyNet { get; init; }

    public bool IncludesConferences { get; init; }

    public bool IncludesRecording { get; init; }

    internal Package ToPackage(PackageId id, Faults faults) => new(id, faults.Required("name", Name, MaxName))
    {
        MonthlyNet = faults.Amount("monthlyNet", MonthlyNet),
        IncludesConferences = IncludesConferences,
        IncludesRecording = IncludesRecording,
    };
}
