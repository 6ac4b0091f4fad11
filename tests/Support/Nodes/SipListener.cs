using System.Net;

namespace TeleCube.Tests.Support.Nodes;

/// <summary>One address on which a node takes SIP; transport is udp, tcp or tls.</summary>
public sealed record SipListener(string Transport, IPEndPoint Address)
{
    public static SipListener OnLoopback(string transport) => new(transport, FreePorts.TakeLoopback());

    public static SipListener OnLoopback6(string transport) => new(transport, new IPEndPoint(IPAddress.IPv6Loopback, FreePorts.Take()));

    /// <summary>As HOCON.</summary>
    public override string ToString() => $"{{ transport = {Transport}, bind = \"{Address.Address}\", port = {Address.Port} }}";
}
