using System.Globalization;

namespace TeleCube.Sip.Transport;

/// <summary>
/// Names the way on which a peer was heard (RFC 5626): positive for a connection, negative and repeatable for a pair of UDP addresses.
/// </summary>
public readonly record struct FlowId(long Value)
{
    public static readonly FlowId None;

    public bool IsConnection => Value > 0;

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
