using System.Diagnostics;
using System.Text.Json;
using TeleCube.Actors.Schemes.Lint;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Text;
using TeleCube.Kernel.Persistence;
using static TeleCube.Actors.Tenants.TenantCommand;
using static TeleCube.Actors.Tenants.TenantEvent;

namespace TeleCube.Actors.Schemes;

/// <summary>Moje centralki: calls go only by versions that lint; versions never change; numbers are taken from elsewhere only when confirmed.</summary>
static class SchemeRules
{
    public static Decision<TenantEvent> Decide(TenantState tenant, TenantCommand command, TenantContext context) => command switch
    {
        CreateScheme create => Create(tenant, create, context),
        SaveScheme save => Save(tenant, save, context),
        RestoreScheme restore => Restore(tenant, restore, context),
        DeleteScheme delete => Delete(tenant, delete, context),
        BindNumbers bind => Bind(tenant, bind),
        _ => throw new UnreachableException($"{command.GetType().Name} is no scheme's command"),
    };

    static Decision<TenantEvent> Create(TenantState tenant, CreateScheme create, TenantContext context)
    {
        if (tenant.Schemes.ContainsKey(create.Id)) return Decision<TenantEvent>.Reject(Refusals.SchemeExists, create.Id.Value);
        if (tenant.Schemes.Count >= SchemeLimits.Schemes) return Decision<TenantEvent>.Reject(Refusals.TooManySchemes, $"{SchemeLimits.Schemes} are allowed");
        if (tenant.RetiredSchemes.Values.Count(retired => retired.MayBeInUse(context.Now)) >= SchemeLimits.Schemes)
            return Decision<TenantEvent>.Reject(Refusals.TooManySchemes, "calls may still go by those that were deleted today; try again tomorrow");
        if (TooMuchInUse(tenant, new Scheme(create.Id), create.Graph, context.Now) is { } full) return full;
        return (List<TenantEvent>)[new SchemeNamed(create.Id, create.Name, create.Description),
            .. Graph(tenant, new Scheme(create.Id), create.Graph, create.By, context)];
    }

    static Decision<TenantEvent> Save(TenantState tenant, SaveScheme save, TenantContext context)
    {
        if (!tenant.Schemes.TryGetValue(save.Id, out var old)) return Decision<TenantEvent>.Reject(Refusals.NoSuchScheme, save.Id.Value);
        if (Versions.Check(save.IfMatch, old.Version) is { } stale) return stale;
        if (TooMuchInUse(tenant, old, save.Graph, context.Now) is { } full) return full;
        var events = new List<TenantEvent>();
        if ((old.Name, old.Description) != (save.Name, save.Description)) events.Add(new SchemeNamed(save.Id, save.Name, save.Description));
        events.AddRange(Graph(tenant, old, save.Graph, save.By, context));
        return events;
    }

    static Decision<TenantEvent> Restore(TenantState tenant, RestoreScheme restore, TenantContext context)
    {
        if (!tenant.Schemes.TryGetValue(restore.Id, out var scheme)) return Decision<TenantEvent>.Reject(Refusals.NoSuchScheme, restore.Id.Value);
        var graph = scheme.Versions.GetValueOrDefault(restore.Number)?.Graph ?? (scheme.Archived.ContainsKey(restore.Number) ? restore.Archived : null);
        if (graph is null) return Decision<TenantEvent>.Reject(Refusals.NoSuchVersion, $"{restore.Number}");
        if (Versions.Check(restore.IfMatch, scheme.Version) is { } stale) return stale;
        if (TooMuchInUse(tenant, scheme, graph, context.Now) is { } full) return full;
        return Graph(tenant, scheme, graph, restore.By, context).ToList();
    }

    /// <summary>Each version by which a call may go stays at hand, so whoever saves without end must wait until the calls are over.</summary>
    static Decision<TenantEvent>? TooMuchInUse(TenantState tenant, Scheme scheme, SchemeGraph? graph, DateTimeOffset now)
    {
        if (graph is null) return null;
        var saved = scheme.With(new SchemeVersion(NextVersion(tenant, scheme), graph, "", now)).KeptElements;
        var retired = tenant.RetiredSchemes.GetValueOrDefault(scheme.Id) is { } old && old.MayBeInUse(now) ? old.Scheme.KeptElements : 0;
        if (saved + retired <= SchemeLimits.ElementsInUse) return null;
        return Decision<TenantEvent>.Reject(
            Refusals.TooManyVersions, $"calls may go by versions of {SchemeLimits.ElementsInUse} elements saved since yesterday; try again later");
    }

    static Scheme? Retired(TenantState tenant, Scheme scheme) => tenant.RetiredSchemes.GetValueOrDefault(scheme.Id)?.Scheme;

    /// <summary>Also after one of the same id that was deleted: calls by it must not go on by this one.</summary>
    static int NextVersion(TenantState tenant, Scheme scheme) => Math.Max(scheme.LastVersion, Retired(tenant, scheme)?.LastVersion ?? 0) + 1;

    /// <summary>
    /// What does not lint now is a draft, also if it did when it was saved before: what it needs may be gone. Saving once more what stands there is nothing.
    /// </summary>
    static IEnumerable<TenantEvent> Graph(TenantState tenant, Scheme scheme, SchemeGraph? graph, string by, TenantContext context)
    {
        if (graph is null || (scheme.Draft is null && Same(graph, scheme.CurrentGraph))) yield break;
        if (SchemeLint.Check(scheme.Id, graph, tenant, context.Lint).IsEmpty)
            yield return new SchemeVersionSaved(scheme.Id, new SchemeVersion(NextVersion(tenant, scheme), graph, by, context.Now));
        else if (!Same(graph, scheme.Draft))
            yield return new SchemeDraftSaved(scheme.Id, graph);
    }

    static Decision<TenantEvent> Delete(TenantState tenant, DeleteScheme delete, TenantContext context)
    {
        var (id, ifMatch) = delete;
        if (!tenant.Schemes.TryGetValue(id, out var old)) return Decision<TenantEvent>.Reject(Refusals.NoSuchScheme, id.Value);
        if (Versions.Check(ifMatch, old.Version) is { } stale) return stale;
        var byNumber = tenant.PhoneNumbers.Values.FirstOrDefault(phone => phone.ForwardTo == new ForwardTarget.ToScheme(id))?.Number.Value;
        var user = byNumber ?? SchemeUses.Of(tenant, need => need is ElementNeed.OtherScheme(_, var needed) && needed == id, except: id);
        return user is null ? new SchemeDeleted(id, context.Now) : Decision<TenantEvent>.Reject(Refusals.SchemeInUse, user);
    }

    static Decision<TenantEvent> Bind(TenantState tenant, BindNumbers bind)
    {
        if (!tenant.Schemes.TryGetValue(bind.Id, out var scheme)) return Decision<TenantEvent>.Reject(Refusals.NoSuchScheme, bind.Id.Value);
        if (scheme.CurrentGraph is null && !bind.Numbers.IsEmpty) return Decision<TenantEvent>.Reject(Refusals.SchemeNotUsable, bind.Id.Value);
        if (bind.Numbers.Distinct().Count() != bind.Numbers.Length) return Decision<TenantEvent>.Reject(Refusals.NumberTwice);
        foreach (var number in bind.Numbers)
            if (!tenant.PhoneNumbers.ContainsKey(number)) return Decision<TenantEvent>.Reject(Refusals.NoSuchPhoneNumber, number.Value);

        var here = new ForwardTarget.ToScheme(bind.Id);
        var elsewhere = bind.Numbers.Select(number => tenant.PhoneNumbers[number]).Where(phone => phone.ForwardTo is { } target && target != here).ToList();
        if (elsewhere.Count > 0 && !bind.ConfirmReplace)
            return Decision<TenantEvent>.Reject(
                Refusals.NumberLeadsElsewhere, string.Join("; ", elsewhere.Select(phone => $"{phone.Number} leads to {phone.ForwardTo!.Text}")));

        var taken = bind.Numbers.Select(number => tenant.PhoneNumbers[number])
            .Where(phone => phone.ForwardTo != here).Select(phone => phone with { ForwardTo = here });
        var released = tenant.PhoneNumbers.Values.Where(phone => phone.ForwardTo == here && !bind.Numbers.Contains(phone.Number))
            .Select(phone => phone with { ForwardTo = null });
        PhoneNumber[] changed = [.. taken, .. released];
        return changed.Length == 0 ? Decision<TenantEvent>.Nothing : new PhoneNumbersSaved([.. changed]);
    }

    static bool Same(SchemeGraph? graph, SchemeGraph? other) =>
        (graph, other) is (not null, not null)
            && JsonSerializer.Serialize(graph, DomainJson.Default.SchemeGraph) == JsonSerializer.Serialize(other, DomainJson.Default.SchemeGraph);
}
