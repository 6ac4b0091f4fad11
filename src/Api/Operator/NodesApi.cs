using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using TeleCube.Actors.Calls.Ingress;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Audit;
using TeleCube.Api.Http;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Operator;

/// <summary>The nodes of the platform and what lives on each; as long as there is no cluster, this one.</summary>
static class NodesApi
{
    static readonly string _version = typeof(NodesApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static void MapNodes(this RouteGroupBuilder operatorRoutes)
    {
        var nodes = operatorRoutes.MapGroup("/nodes").WithTags("Operator: nodes");
        nodes.MapGet("", List).WithSummary("List the nodes");
        nodes.MapPost("/{id}/drain", Drain).WithSummary("Take no new calls but emergency calls; those that run go on");
        nodes.MapPost("/{id}/resume", Resume).WithSummary("Take calls again");
        operatorRoutes.MapGet("/shards", Shards).WithTags("Operator: nodes").WithSummary("Which node owns each shard, and how many entities run in it");
    }

    static Ok<ListOf<NodeView>> List(ApiSettings settings, INode node, Drain drain, ShardRegion region, ITenants tenants) =>
        TypedResults.Ok(new ListOf<NodeView>([View(settings, node, drain, region, tenants)], null));

    static async Task<Results<Ok<NodeView>, Refused>> Drain(
        string id, ApiSettings settings, INode node, Drain drain, ShardRegion region, ITenants tenants, AuditTrail audit, TimeProvider clock,
        CancellationToken stop)
    {
        if (id != settings.NodeId) return Refused.With(ApiCodes.NoSuchNode);
        await audit.Write(new AuditSubject("drain-node", "nodes", id), stop);
        drain.Begin(clock.GetUtcNow());
        return TypedResults.Ok(View(settings, node, drain, region, tenants));
    }

    static async Task<Results<Ok<NodeView>, Refused>> Resume(
        string id, ApiSettings settings, INode node, Drain drain, ShardRegion region, ITenants tenants, AuditTrail audit, CancellationToken stop)
    {
        if (id != settings.NodeId) return Refused.With(ApiCodes.NoSuchNode);
        await audit.Write(new AuditSubject("resume-node", "nodes", id), stop);
        drain.End();
        return TypedResults.Ok(View(settings, node, drain, region, tenants));
    }

    static Ok<ListOf<ShardView>> Shards(ApiSettings settings, ShardRegion region, IShardOwnership ownership)
    {
        var running = region.CountByShard();
        return TypedResults.Ok(new ListOf<ShardView>(
        [
            .. Enumerable.Range(0, Kernel.Sharding.Shards.Count).Select(shard =>
                new ShardView(shard, ownership.EpochOf(shard) is null ? null : settings.NodeId, ownership.EpochOf(shard), running.GetValueOrDefault(shard))),
        ], null));
    }

    static NodeView View(ApiSettings settings, INode node, Drain drain, ShardRegion region, ITenants tenants)
    {
        var now = node.Now();
        return new NodeView(
            settings.NodeId, _version, now.StartedAt, drain.Since, now.Addresses, tenants.All.Count, region.Count, now.Calls,
            (int)now.Lag.TotalMilliseconds, now.NotReady);
    }
}

/// <summary>
/// A node: its version, since when it runs and, if it does, is drained; its addresses; the tenants, entities and calls that live on it; how long work
/// waits at the worst place; and why it is not ready, if it is not.
/// </summary>
public sealed record NodeView(
    string Id, string Version, DateTimeOffset StartedAt, DateTimeOffset? DrainingSince, IReadOnlyList<NodeAddress> Addresses, int Tenants, int Entities,
    int Calls, int LagMilliseconds, IReadOnlyList<string> NotReady);

/// <summary>A shard: the node that owns it and under which epoch, null when this node does not know; and its running entities.</summary>
public sealed record ShardView(int Number, string? Node, long? Epoch, int Entities);
