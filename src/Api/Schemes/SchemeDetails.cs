using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Lint;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Identity;

namespace TeleCube.Api.Schemes;

/// <summary>
/// A scheme. <c>start</c> and <c>elements</c> are those of the version by which new calls go; null where there is none yet. <c>draft</c> was saved later
/// and has faults.
/// </summary>
public sealed record SchemeDetails(
    string Id, string Name, string Description, int CurrentVersion, string? Start, IReadOnlyList<SchemeElement>? Elements, DraftView? Draft,
    IReadOnlyList<string> Numbers)
{
    internal static SchemeDetails Of(TenantState tenant, Scheme scheme, Caller caller, ApiSettings api) => new(
        scheme.Id.Value, scheme.Name, scheme.Description, scheme.Current, scheme.CurrentGraph?.Start.Value, SchemeElements.For(caller, scheme.CurrentGraph),
        scheme.Draft is { } draft ? DraftView.Of(tenant, scheme.Id, draft, caller, api) : null, NumbersOf(tenant, scheme.Id));

    internal static IReadOnlyList<string> NumbersOf(TenantState tenant, SchemeId id) =>
        [.. tenant.PhoneNumbers.Values.Where(phone => phone.ForwardTo == new ForwardTarget.ToScheme(id)).Select(phone => phone.Number.Value)];
}

/// <summary>A scheme in a list.</summary>
public sealed record SchemeSummary(string Id, string Name, string Description, int CurrentVersion, bool HasDraft, IReadOnlyList<string> Numbers)
{
    internal static SchemeSummary Of(TenantState tenant, Scheme scheme) =>
        new(scheme.Id.Value, scheme.Name, scheme.Description, scheme.Current, scheme.Draft is not null, SchemeDetails.NumbersOf(tenant, scheme.Id));
}

/// <summary>What was saved with faults, and which these are now.</summary>
public sealed record DraftView(string Start, IReadOnlyList<SchemeElement> Elements, IReadOnlyList<FaultView> Faults)
{
    internal static DraftView Of(TenantState tenant, SchemeId id, SchemeGraph draft, Caller caller, ApiSettings api) =>
        new(draft.Start.Value, SchemeElements.For(caller, draft)!, FaultView.In(tenant, id, draft, api));
}

/// <summary>What is wrong: the element by its id (null: the scheme itself), its field, a kebab-case code, and a text for people.</summary>
public sealed record FaultView(string? Element, string? Field, string Code, string Text)
{
    internal static IReadOnlyList<FaultView> In(TenantState tenant, SchemeId id, SchemeGraph graph, ApiSettings api) =>
        [.. SchemeLint.Check(id, graph, tenant, new LintWorld { AllowsPrivateWebhooks = api.AllowsPrivateWebhooks, Language = api.Language })
            .Select(fault => new FaultView(fault.Element?.Value, fault.Field, fault.Code, fault.Text))];
}

/// <summary>What lint says: nothing, if calls may go by the scheme.</summary>
public sealed record LintView(bool Usable, IReadOnlyList<FaultView> Faults);

/// <summary>A saved version in a list.</summary>
public sealed record VersionSummary(int Version, string By, DateTimeOffset At, int Elements, bool Current)
{
    /// <summary>Every version that was saved, the newest first.</summary>
    internal static IEnumerable<VersionSummary> All(Scheme scheme) =>
    [
        .. scheme.Versions.Values.Reverse().Select(version => new VersionSummary(version.Number, version.By, version.At, version.Graph.Elements.Length, version.Number == scheme.Current)),
        .. scheme.Archived.Values.Reverse().Select(version => new VersionSummary(version.Number, version.By, version.At, version.Elements, Current: false)),
    ];
}

/// <summary>A saved version, which never changes.</summary>
public sealed record VersionView(int Version, string By, DateTimeOffset At, bool Current, string Start, IReadOnlyList<SchemeElement> Elements)
{
    internal static VersionView Of(Scheme scheme, SchemeVersion version, Caller caller) =>
        new(version.Number, version.By, version.At, version.Number == scheme.Current, version.Graph.Start.Value, SchemeElements.For(caller, version.Graph)!);
}

/// <summary>The numbers that lead to a scheme.</summary>
public sealed record SchemeNumbersView(IReadOnlyList<string> Numbers);
