namespace TeleCube.Sip.Sdp;

/// <summary>What became of a description; the line counts from 1.</summary>
public readonly record struct SdpParseResult(SdpParseReason Reason, int Line)
{
    public static readonly SdpParseResult Complete;

    public bool IsComplete => Reason is SdpParseReason.None;
}

/// <summary>Why a description is not well formed.</summary>
public enum SdpParseReason
{
    None,
    BadLine,
    BadVersion,
    BadOrigin,
    MissingOrigin,
    BadConnection,
    BadMedia,

    /// <summary>A medium in use has no c= line, nor has the session (RFC 8866 §5.7).</summary>
    MissingConnection,
    TooManyLines,
}
