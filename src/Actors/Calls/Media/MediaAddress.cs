using System.Net;

namespace TeleCube.Actors.Calls.Media;

/// <summary>An address of our audio: where it is bound, and what SDP names; both of one family.</summary>
public sealed record MediaAddress(IPAddress Bind, IPAddress Advertised);
