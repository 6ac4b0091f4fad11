using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Schemes.Lint;

/// <summary>Ways that come back to where they began without a wait, over other schemes too: a call would go round for ever.</summary>
static class Loops
{
    /// <summary>An element of one of the tenant's schemes.</summary>
    readonly record struct Place(SchemeId Scheme, ElementId Element);

    public static IEnumerable<SchemeFault> In(SchemeId id, SchemeGraph graph, TenantState tenant)
    {
        var ways = new Dictionary<Place, List<Place>>();
        Explore(new Place(id, graph.Start));
        foreach (var element in graph.Elements) Explore(new Place(id, element.Id));
        return graph.Elements.Select(element => new Place(id, element.Id)).Distinct().Where(ReturnsTo)
            .Select(place => new SchemeFault(
                place.Element, "endless-loop", "the way leads back to it without a wait: no announcement of any length, menu or ringing is between"));

        void Explore(Place from)
        {
            var open = new Stack<Place>([from]);
            while (open.TryPop(out var place))
            {
                if (ways.ContainsKey(place)) continue;
                ways[place] = [.. Onwards(place)];
                foreach (var next in ways[place]) open.Push(next);
            }
        }

        IEnumerable<Place> Onwards(Place place)
        {
            if (GraphOf(place.Scheme)?[place.Element] is not { } element) return [];
            if (element is JumpElement jump) return GraphOf(jump.Scheme) is { } there ? [new Place(jump.Scheme, there.Start)] : [];
            return element.Exits.Where(exit => !element.WaitsBefore(exit.Key, tenant)).Select(exit => place with { Element = exit.Value });
        }

        SchemeGraph? GraphOf(SchemeId scheme) => scheme == id ? graph : tenant.Schemes.GetValueOrDefault(scheme)?.CurrentGraph;

        bool ReturnsTo(Place start)
        {
            var (seen, open) = (new HashSet<Place>(), new Stack<Place>(ways[start]));
            while (open.TryPop(out var place))
            {
                if (place == start) return true;
                if (seen.Add(place) && ways.TryGetValue(place, out var onwards)) foreach (var next in onwards) open.Push(next);
            }

            return false;
        }
    }
}
