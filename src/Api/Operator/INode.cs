namespace TeleCube.Api.Operator;

/// <summary>What the operator sees of the node that answers.</summary>
public interface INode
{
    NodeStatus Now();
}

/// <summary>A node as it is: where it listens, its calls, and how long the work that waits longest has waited.</summary>
public sealed record NodeStatus(DateTimeOffset StartedAt, IReadOnlyList<NodeAddress> Addresses, int Calls, TimeSpan Lag, IReadOnlyList<string> NotReady);

/// <summary>One address of a node: what it is for (sip, api), how it is bound, and what others are told.</summary>
public sealed record NodeAddress(string Purpose, string Transport, string Bind, string Advertise);
