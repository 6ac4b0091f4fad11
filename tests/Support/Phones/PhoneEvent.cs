namespace TeleCube.Tests.Support.Phones;

/// <summary>What baresip says of a call or registration: its type (<c>CALL_ESTABLISHED</c>), the call's id, the peer, and a parameter (a digit, a reason).</summary>
public sealed record PhoneEvent(string Type, string? CallId, string? Peer, string? Param)
{
    public override string ToString() => $"{Type} {CallId} {Peer} {Param}";
}
