namespace TeleCube.Sip.Messages;

/// <summary>The answer to a request that cannot be taken: status and a reason phrase that helps.</summary>
public readonly record struct SipRefusal(int Status, string Reason);
