namespace TeleCube.Storage;

/// <summary>One listener of a node as the others see it: the address it is bound to and the one it advertises may differ.</summary>
/// <param name="Purpose"><c>sip</c>, <c>media</c>, <c>api</c> or <c>internal</c>.</param>
/// <param name="Transport"><c>udp</c>, <c>tcp</c>, <c>tls</c>, …</param>
/// <param name="Bind">Address and port of the socket.</param>
/// <param name="Advertise">Address and port for Via, Contact and the like.</param>
/// <param name="Network">The network that reaches it, for example <c>public</c>.</param>
public sealed record NodeEndpoint(string Purpose, string Transport, string Bind, string Advertise, string Network);
