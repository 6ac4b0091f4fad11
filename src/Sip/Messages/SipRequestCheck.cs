using TeleCube.Sip.Headers;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Messages;

/// <summary>
/// Whether a foreign request is fit to be handled (RFC 3261 §8.1.1, §8.2, §16.3); after it the mandatory headers can be read without
/// fear.
/// </summary>
public static class SipRequestCheck
{
    // RFC 3261 §20: fields that may stand but once.
    static readonly SipHeaderName[] _single =
        [SipHeaderName.From, SipHeaderName.To, SipHeaderName.CallId, SipHeaderName.CSeq, SipHeaderName.MaxForwards];

    /// <summary>Null for a request that is in order.</summary>
    public static SipRefusal? Refusal(SipRequest request) =>
        OfFault(request.Fault.Reason) ?? OfRepeated(request) ?? OfMandatory(request) ?? OfAddresses(request) ?? OfUri(request.Uri);

    static SipRefusal? OfFault(SipParseReason reason) => reason switch
    {
        SipParseReason.None => null,
        SipParseReason.BadVersion => new(505, "Version Not Supported"),
        SipParseReason.BadRequestLine => new(400, "Bad Request-Line"),
        SipParseReason.BadRequestUri => new(400, "Bad Request-URI"),
        SipParseReason.BadHeaderLine => new(400, "Bad Header Line"),
        SipParseReason.TooManyHeaders => new(513, "Too Many Header Fields"),
        SipParseReason.HeaderTooLarge => new(513, "Message Too Large"),
        SipParseReason.BadContentLength => new(400, "Bad Content-Length"),
        SipParseReason.BodyTooLarge => new(413, "Request Entity Too Large"),
        SipParseReason.BodyTooShort => new(400, "Body Shorter Than Content-Length"),
        _ => new(400, "Bad Request"),
    };

    static SipRefusal? OfRepeated(SipRequest request)
    {
        foreach (var name in _single)
            if (request.Headers.CountOf(name) > 1) return new(400, $"Multiple {name}");
        return null;
    }

    static SipRefusal? OfMandatory(SipRequest request)
    {
        var headers = request.Headers;
        if (headers.FirstOf<Via>(SipHeaderName.Via) is null) return Bad(headers, SipHeaderName.Via);
        if (headers.Get<NameAddress>(SipHeaderName.From) is null) return Bad(headers, SipHeaderName.From);
        if (headers.Get<NameAddress>(SipHeaderName.To) is null) return Bad(headers, SipHeaderName.To);
        if (headers.Get<CallId>(SipHeaderName.CallId) is null) return Bad(headers, SipHeaderName.CallId);
        var cseq = headers.Get<CSeq>(SipHeaderName.CSeq);
        if (cseq.Method.Name.Length == 0) return Bad(headers, SipHeaderName.CSeq);
        // For a method that we do not know 501 is the better answer (RFC 4475 §3.1.2.18).
        if (cseq.Method != request.Method)
            return request.Method.IsKnown ? new(400, "CSeq Method Does Not Match") : new(501, "Not Implemented");
        return headers.Has(SipHeaderName.MaxForwards) && headers.Get<MaxForwards>(SipHeaderName.MaxForwards) is null
            ? Bad(headers, SipHeaderName.MaxForwards)
            : null;
    }

    static SipRefusal? OfAddresses(SipRequest request)
    {
        var headers = request.Headers;
        if (!headers.IsWellFormed<Via>(SipHeaderName.Via)) return Bad(headers, SipHeaderName.Via);
        if (!headers.IsWellFormed<NameAddress>(SipHeaderName.Route)) return Bad(headers, SipHeaderName.Route);
        if (!headers.IsWellFormed<NameAddress>(SipHeaderName.RecordRoute)) return Bad(headers, SipHeaderName.RecordRoute);
        if (request.HasStarContact) return headers.Tokens(SipHeaderName.Contact).Count == 1 ? null : Bad(headers, SipHeaderName.Contact);
        return headers.IsWellFormed<NameAddress>(SipHeaderName.Contact) ? null : Bad(headers, SipHeaderName.Contact);
    }

    // RFC 3261 §8.2.2.1, §19.1.1. What a tel: URI leads to is the dial plan's affair.
    static SipRefusal? OfUri(SipUri uri) =>
        uri.Scheme is UriScheme.Other ? new(416, "Unsupported URI Scheme")
        : uri.Headers.Count > 0 ? new(400, "Headers In Request-URI")
        : null;

    static SipRefusal Bad(SipHeaders headers, SipHeaderName name) => new(400, $"{(headers.Has(name) ? "Bad" : "Missing")} {name}");
}
