using TeleCube.Api.Operator;

namespace TeleCube.Api.Tests.Given;

/// <summary>A node without a wire and without calls.</summary>
sealed class QuietNode(DateTimeOffset startedAt) : INode
{
    public NodeStatus Now() => new(startedAt, [new("sip", "udp", "0.0.0.0:5060", "192.0.2.1:5060")], 0, TimeSpan.Zero, []);
}
