namespace TeleCube.Sip.Parsing;

/// <summary>What one message of a stream may cost before its sender is cut off.</summary>
public sealed record SipFramerLimits(int HeadBytes = 32 * 1024, int MessageBytes = 64 * 1024)
{
    public static readonly SipFramerLimits Default = new();
}
