using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Operator;

/// <summary>The nodes of the platform; as long as there is no cluster, this one.</summary>
static class NodesApi
{
    static readonly string _version = typeof(NodesApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static void MapNodes(this RouteGroupBuilder operatorRoutes) =>
        operatorRoutes.MapGet("/nodes", List).WithTags("Operator: nodes").WithSummary("List the nodes");

    static Ok<ListOf<NodeView>> List(ApiSettings settings, ShardRegion region, ITenants tenants) =>
        TypedResults.Ok(new ListOf<NodeView>([new NodeView(settings.NodeId, _version, tenants.All.Count, region.Count)], null));
}

/// <summary>A node: its version, the tenants that live on it, and all of its running entities.</summary>
public sealed record NodeView(string Id, string Version, int Tenants, int Entities);
