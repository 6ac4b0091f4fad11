namespace TeleCube.Sip.Transport;

/// <summary>How a message travels; the name in a Via and in a transport parameter is its <see cref="TransportKinds.Name"/>.</summary>
public enum TransportKind : byte
{
    Udp,
    Tcp,
    Tls,
    Ws,
    Wss,
}

/// <summary>What RFC 3261 says of each transport.</summary>
public static class TransportKinds
{
    /// <summary>Neither loses nor repeats, so that no timer resends over it (RFC 3261 §17).</summary>
    public static bool IsReliable(this TransportKind kind) => kind != TransportKind.Udp;

    public static bool IsSecure(this TransportKind kind) => kind is TransportKind.Tls or TransportKind.Wss;

    /// <summary>The port meant when none is named (RFC 3261 §19.1.2, RFC 7118 §4).</summary>
    public static int DefaultPort(this TransportKind kind) => kind switch
    {
        TransportKind.Tls => 5061,
        TransportKind.Ws => 80,
        TransportKind.Wss => 443,
        _ => 5060,
    };

    public static string Name(this TransportKind kind) => kind switch
    {
        TransportKind.Udp => "UDP",
        TransportKind.Tcp => "TCP",
        TransportKind.Tls => "TLS",
        TransportKind.Ws => "WS",
        _ => "WSS",
    };

    public static bool TryParse(string? name, out TransportKind kind) => Enum.TryParse(name, ignoreCase: true, out kind) && !char.IsAsciiDigit(name![0]);
}
