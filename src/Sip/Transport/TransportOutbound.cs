namespace TeleCube.Sip.Transport;

/// <summary>One message to send; <paramref name="Key"/> comes back in <see cref="SendFailed"/>.</summary>
public sealed record TransportOutbound(SipTarget Target, ReadOnlyMemory<byte> Bytes, string? Key = null);
