using System.Collections.Immutable;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Webhooks;

namespace TeleCube.Actors.Schemes.Lint;

/// <summary>Checks a scheme before calls go by it (PRODUCT §4): what it finds, a caller would meet.</summary>
public static class SchemeLint
{
    const int MaxName = 100;

    /// <summary>Nothing, if calls may go by the graph as scheme <paramref name="id"/> of the tenant on that exchange.</summary>
    public static ImmutableArray<SchemeFault> Check(SchemeId id, SchemeGraph graph, TenantState tenant, LintWorld? world = null)
    {
        world ??= LintWorld.Any;
        if (graph.Elements.Length > SchemeLimits.Elements)
            return [new SchemeFault(
                null, "too-many-elements", $"the scheme has {graph.Elements.Length} elements, at most {SchemeLimits.Elements} are allowed")];
        return [.. Ids(graph), .. graph.Elements.SelectMany(element => OfElement(id, element, graph, tenant)), .. Hearing.In(graph, tenant, world), .. Texting.In(graph, world),
            .. world.AllowsPrivateWebhooks ? [] : PrivateAddresses(graph), .. Unreachable(graph), .. Loops.In(id, graph, tenant)];
    }

    static IEnumerable<SchemeFault> Ids(SchemeGraph graph)
    {
        if (graph.First is null) yield return new SchemeFault(null, "no-start", $"the scheme begins at '{graph.Start}', which is no element of it", "start");
        foreach (var twins in graph.Elements.GroupBy(element => element.Id).Where(group => group.Skip(1).Any()))
            yield return new SchemeFault(twins.Key, "duplicate-element", $"{twins.Count()} elements are called '{twins.Key}'", "id");
    }

    static IEnumerable<SchemeFault> OfElement(SchemeId id, SchemeElement element, SchemeGraph graph, TenantState tenant) =>
    [
        .. element.OptionFaults().Select(fault => new SchemeFault(element.Id, "bad-option", $"{fault.Field} {fault.Text}", fault.Field)),
        .. element.Name.Length > MaxName || element.Name.Any(char.IsControl)
            ? [new SchemeFault(element.Id, "bad-option", $"name must be at most {MaxName} characters", "name")]
            : Array.Empty<SchemeFault>(),
        .. Exits(element, graph),
        .. element.Needs.Where(need => need is not ElementNeed.OtherScheme(_, var other) || other != id).Where(need => !need.IsMet(tenant))
            .Select(need => new SchemeFault(element.Id, need.MissingCode, need.MissingText, need.Field)),
        .. element is TimeConditionElement condition ? PeriodOverlaps.In(condition) : [],
        .. element is CallerConditionElement callers ? Shadowed(callers) : [],
    ];

    static IEnumerable<SchemeFault> Exits(SchemeElement element, SchemeGraph graph)
    {
        var leaves = element.Leaves;
        foreach (var (exit, target) in element.Exits)
        {
            if (leaves.All(leave => leave.Name != exit))
                yield return new SchemeFault(element.Id, "unknown-exit",
                    $"'{exit}' is no exit of it; it has {(leaves.IsEmpty ? "none" : string.Join(", ", leaves.Select(leave => leave.Name)))}", $"exits.{exit}");
            else if (graph[target] is null)
                yield return new SchemeFault(
                    element.Id, "dead-end", $"the exit '{exit}' leads to '{target}', which is no element of the scheme", $"exits.{exit}");
        }

        foreach (var leave in leaves.Where(leave => leave.Required && !element.Exits.ContainsKey(leave.Name)))
            yield return new SchemeFault(element.Id, "dead-end", $"the exit '{leave.Name}' leads nowhere", $"exits.{leave.Name}");
        if (element is MenuElement { DialExtensions: false } && !element.Exits.Keys.Any(exit => exit.Length == 1))
            yield return new SchemeFault(element.Id, "menu-without-exit", "no key of the menu leads anywhere, and no extension can be dialled", "exits");
        else if (element is MenuElement { DialExtensions: false } && element.Exits.Values.All(target => target == element.Id))
            yield return new SchemeFault(element.Id, "menu-without-exit", "every way out of the menu leads back to it", "exits");
        if (element is AnnouncementElement && element.Exits.ContainsValue(element.Id))
            yield return new SchemeFault(element.Id, "endless-loop", "the announcement leads back to itself: the caller would hear nothing else", "exits.next");
    }

    /// <summary>A rule whose every caller goes another way by an earlier one.</summary>
    static IEnumerable<SchemeFault> Shadowed(CallerConditionElement element)
    {
        if (element.OptionFaults().Any()) yield break;
        for (var i = 1; i < element.Rules.Length; i++)
            if (element.Rules[i].IsWithin([.. element.Rules.Take(i).Where(earlier => earlier.Exit != element.Rules[i].Exit)]))
                yield return new SchemeFault(
                    element.Id, "rule-never-fits", $"everybody whom the rule for '{element.Rules[i].Exit}' fits has left by an earlier one: put it first", $"rules[{i}]");
    }

    /// <summary>What can be seen without asking the DNS; a name is looked at when it is connected to, for it may lead elsewhere by then.</summary>
    static IEnumerable<SchemeFault> PrivateAddresses(SchemeGraph graph) =>
        graph.Elements.OfType<WebhookElement>().Where(asks => WebhookAddress.IsPlainlyPrivate(asks.Url))
            .Select(asks => new SchemeFault(asks.Id, Refusals.PrivateAddress, $"url {WebhookAddress.PrivateRefused}", "url"));

    static IEnumerable<SchemeFault> Unreachable(SchemeGraph graph)
    {
        if (graph.First is not { } first) return [];
        var (seen, open) = (new HashSet<ElementId> { first.Id }, new Queue<SchemeElement>([first]));
        while (open.TryDequeue(out var element))
            foreach (var target in element.Exits.Values)
                if (graph[target] is { } next && seen.Add(target)) open.Enqueue(next);
        return graph.Elements.Where(element => !seen.Contains(element.Id))
            .Select(element => new SchemeFault(element.Id, "unreachable", "no way leads from the start to it"));
    }
}
