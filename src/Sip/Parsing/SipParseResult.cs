namespace TeleCube.Sip.Parsing;

/// <summary>What became of one attempt to parse; the offset points at the offending byte.</summary>
public readonly record struct SipParseResult(SipParseStatus Status, SipParseReason Reason = default, int Offset = 0)
{
    public static readonly SipParseResult Complete = new(SipParseStatus.Complete);
    public static readonly SipParseResult Incomplete = new(SipParseStatus.Incomplete);

    public bool IsComplete => Status == SipParseStatus.Complete;

    public static SipParseResult Invalid(SipParseReason reason, int offset) => new(SipParseStatus.Invalid, reason, offset);
}

/// <summary>The three outcomes of a parse.</summary>
public enum SipParseStatus
{
    Complete,
    Incomplete,
    Invalid,
}
