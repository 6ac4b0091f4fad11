using System.Text;

namespace TeleCube.Sip.Messages;

/// <summary>
/// The name of a header field, compared without case; known names are interned with their compact form, others kept as they came.
/// </summary>
public readonly struct SipHeaderName : IEquatable<SipHeaderName>
{
    readonly string? _text;

    SipHeaderName(string text) => _text = text;

    /// <summary>The canonical form, as it is written.</summary>
    public string Text => _text ?? "";

    public static SipHeaderName Of(ReadOnlySpan<byte> name) => new(KnownHeaderNames.Find(name) ?? Encoding.UTF8.GetString(name));

    public static SipHeaderName Of(string name) => new(KnownHeaderNames.Find(name) ?? name);

    public static implicit operator SipHeaderName(string name) => Of(name);

    public bool Equals(SipHeaderName other) =>
        ReferenceEquals(_text, other._text) || string.Equals(_text, other._text, StringComparison.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => obj is SipHeaderName other && Equals(other);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.OrdinalIgnoreCase);

    /// <summary>One of the field's registered names, not a stranger's own.</summary>
    public bool IsKnown => KnownHeaderNames.Find(Text) is not null;

    public override string ToString() => Text;

    public static bool operator ==(SipHeaderName left, SipHeaderName right) => left.Equals(right);

    public static bool operator !=(SipHeaderName left, SipHeaderName right) => !left.Equals(right);

    public static readonly SipHeaderName Accept = Of("Accept");
    public static readonly SipHeaderName AcceptContact = Of("Accept-Contact");
    public static readonly SipHeaderName AcceptEncoding = Of("Accept-Encoding");
    public static readonly SipHeaderName AcceptLanguage = Of("Accept-Language");
    public static readonly SipHeaderName AlertInfo = Of("Alert-Info");
    public static readonly SipHeaderName Allow = Of("Allow");
    public static readonly SipHeaderName AllowEvents = Of("Allow-Events");
    public static readonly SipHeaderName AnswerMode = Of("Answer-Mode");
    public static readonly SipHeaderName AuthenticationInfo = Of("Authentication-Info");
    public static readonly SipHeaderName Authorization = Of("Authorization");
    public static readonly SipHeaderName CallId = Of("Call-ID");
    public static readonly SipHeaderName CallInfo = Of("Call-Info");
    public static readonly SipHeaderName Contact = Of("Contact");
    public static readonly SipHeaderName ContentDisposition = Of("Content-Disposition");
    public static readonly SipHeaderName ContentEncoding = Of("Content-Encoding");
    public static readonly SipHeaderName ContentLanguage = Of("Content-Language");
    public static readonly SipHeaderName ContentLength = Of("Content-Length");
    public static readonly SipHeaderName ContentType = Of("Content-Type");
    public static readonly SipHeaderName CSeq = Of("CSeq");
    public static readonly SipHeaderName Date = Of("Date");
    public static readonly SipHeaderName Diversion = Of("Diversion");
    public static readonly SipHeaderName ErrorInfo = Of("Error-Info");
    public static readonly SipHeaderName Event = Of("Event");
    public static readonly SipHeaderName Expires = Of("Expires");
    public static readonly SipHeaderName From = Of("From");
    public static readonly SipHeaderName Geolocation = Of("Geolocation");
    public static readonly SipHeaderName HistoryInfo = Of("History-Info");
    public static readonly SipHeaderName Identity = Of("Identity");
    public static readonly SipHeaderName InReplyTo = Of("In-Reply-To");
    public static readonly SipHeaderName Join = Of("Join");
    public static readonly SipHeaderName MaxForwards = Of("Max-Forwards");
    public static readonly SipHeaderName MimeVersion = Of("MIME-Version");
    public static readonly SipHeaderName MinExpires = Of("Min-Expires");
    public static readonly SipHeaderName MinSE = Of("Min-SE");
    public static readonly SipHeaderName Organization = Of("Organization");
    public static readonly SipHeaderName PAccessNetworkInfo = Of("P-Access-Network-Info");
    public static readonly SipHeaderName PAssertedIdentity = Of("P-Asserted-Identity");
    public static readonly SipHeaderName PChargingVector = Of("P-Charging-Vector");
    public static readonly SipHeaderName PCalledPartyId = Of("P-Called-Party-ID");
    public static readonly SipHeaderName PEarlyMedia = Of("P-Early-Media");
    public static readonly SipHeaderName PPreferredIdentity = Of("P-Preferred-Identity");
    public static readonly SipHeaderName Path = Of("Path");
    public static readonly SipHeaderName Priority = Of("Priority");
    public static readonly SipHeaderName Privacy = Of("Privacy");
    public static readonly SipHeaderName ProxyAuthenticate = Of("Proxy-Authenticate");
    public static readonly SipHeaderName ProxyAuthorization = Of("Proxy-Authorization");
    public static readonly SipHeaderName ProxyRequire = Of("Proxy-Require");
    public static readonly SipHeaderName RAck = Of("RAck");
    public static readonly SipHeaderName Reason = Of("Reason");
    public static readonly SipHeaderName RecordRoute = Of("Record-Route");
    public static readonly SipHeaderName ReferSub = Of("Refer-Sub");
    public static readonly SipHeaderName ReferTo = Of("Refer-To");
    public static readonly SipHeaderName ReferredBy = Of("Referred-By");
    public static readonly SipHeaderName RejectContact = Of("Reject-Contact");
    public static readonly SipHeaderName RemotePartyId = Of("Remote-Party-ID");
    public static readonly SipHeaderName Replaces = Of("Replaces");
    public static readonly SipHeaderName ReplyTo = Of("Reply-To");
    public static readonly SipHeaderName RequestDisposition = Of("Request-Disposition");
    public static readonly SipHeaderName Require = Of("Require");
    public static readonly SipHeaderName RetryAfter = Of("Retry-After");
    public static readonly SipHeaderName Route = Of("Route");
    public static readonly SipHeaderName RSeq = Of("RSeq");
    public static readonly SipHeaderName Server = Of("Server");
    public static readonly SipHeaderName ServiceRoute = Of("Service-Route");
    public static readonly SipHeaderName SessionExpires = Of("Session-Expires");
    public static readonly SipHeaderName SipETag = Of("SIP-ETag");
    public static readonly SipHeaderName SipIfMatch = Of("SIP-If-Match");
    public static readonly SipHeaderName Subject = Of("Subject");
    public static readonly SipHeaderName SubscriptionState = Of("Subscription-State");
    public static readonly SipHeaderName Supported = Of("Supported");
    public static readonly SipHeaderName TargetDialog = Of("Target-Dialog");
    public static readonly SipHeaderName Timestamp = Of("Timestamp");
    public static readonly SipHeaderName To = Of("To");
    public static readonly SipHeaderName Unsupported = Of("Unsupported");
    public static readonly SipHeaderName UserAgent = Of("User-Agent");
    public static readonly SipHeaderName UsertoUser = Of("User-to-User");
    public static readonly SipHeaderName Via = Of("Via");
    public static readonly SipHeaderName Warning = Of("Warning");
    public static readonly SipHeaderName WwwAuthenticate = Of("WWW-Authenticate");
}
