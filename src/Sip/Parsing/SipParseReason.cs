namespace TeleCube.Sip.Parsing;

/// <summary>Why a message is not well formed.</summary>
public enum SipParseReason
{
    None,

    /// <summary>The first line is neither a Request-Line nor a Status-Line: not SIP, not worth an answer.</summary>
    NotSip,
    BadRequestLine,
    BadRequestUri,
    BadVersion,
    BadStatusLine,
    BadHeaderLine,
    TooManyHeaders,
    HeaderTooLarge,
    BadContentLength,
    BodyTooLarge,

    /// <summary>A datagram that holds less than its Content-Length says (RFC 3261 §18.3).</summary>
    BodyTooShort,
}
