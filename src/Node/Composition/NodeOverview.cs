using TeleCube.Api.Operator;
using TeleCube.Node.Health;
using TeleCube.Node.Options;

namespace TeleCube.Node.Composition;

/// <summary>What the operator is shown of this node.</summary>
sealed class NodeOverview(TeleCubeNode node, Readiness readiness, TeleCubeOptions options) : INode
{
    public NodeStatus Now()
    {
        var exchange = node.Exchange;
        return new(
            node.StartedAt,
            [.. options.ForStore().Endpoints.Select(endpoint => new NodeAddress(endpoint.Purpose, endpoint.Transport, endpoint.Bind, endpoint.Advertise))],
            exchange.Live.Count,
            exchange.Lag,
            [.. readiness.Now().Checks.Where(check => !check.Ok).Select(check => $"{check.Name}: {check.Reason}")]);
    }
}
