namespace TeleCube.Sip.Parsing;

/// <summary>What a stream holds next; the bytes of a message are its own and may be kept.</summary>
public readonly record struct SipFrame(SipFrameKind Kind, ReadOnlyMemory<byte> Message = default, SipParseReason Reason = default)
{
    public static readonly SipFrame Incomplete = new(SipFrameKind.Incomplete);

    public static SipFrame Invalid(SipParseReason reason, ReadOnlyMemory<byte> head = default) => new(SipFrameKind.Invalid, head, reason);
}

/// <summary>The kinds of <see cref="SipFrame"/>.</summary>
public enum SipFrameKind
{
    Incomplete,
    Message,

    /// <summary>CRLF CRLF, to be answered with CRLF (RFC 5626 §3.5.1).</summary>
    Ping,

    /// <summary>CRLF, the answer to our own ping.</summary>
    Pong,
    Invalid,
}
