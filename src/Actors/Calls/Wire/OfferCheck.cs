using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Sdp;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>Whether the body of an INVITE or UPDATE can be understood: one that cannot is no late offer, it is a mistake of the peer.</summary>
static class OfferCheck
{
    const string Identity = "identity";

    static readonly SipRefusal _badSession = new(400, "Bad Session Description");

    /// <summary>RFC 3261 §8.2.3; null where the body can be read, be there a session description in it or not.</summary>
    /// <param name="request">An INVITE, or an UPDATE.</param>
    /// <param name="forHelp">Who calls for help is not refused for what is wrong beside his session description.</param>
    public static SipRefusal? Refusal(SipRequest request, bool forHelp = false)
    {
        if (request.Body.IsEmpty) return null;
        if (request.Headers.First(SipHeaderName.ContentEncoding) is { } encoding && !encoding.Equals(Identity, StringComparison.OrdinalIgnoreCase))
            return new(415, "Content-Encoding Is Not Supported");
        if (!request.Headers.Has(SipHeaderName.ContentType)) return new(400, "Missing Content-Type");
        if (request.Get<ContentType>() is null) return new(400, "Bad Content-Type");

        if (request.HasSdp) return request.Sdp is null ? _badSession : null;
        var body = MultipartBody.Read(request);
        if (body.Fault is { } fault && !(forHelp && body.Session is not null)) return fault;
        return body.Session is not null && request.Sdp is null ? _badSession : null;
    }

    /// <summary>
    /// The same within a dialog, where nothing but a session description has anybody to understand it. Beside one, what does not say that it must be
    /// understood is passed over: a call that has begun is not to fail for it.
    /// </summary>
    public static SipRefusal? RefusalWithin(SipRequest request)
    {
        if (Refusal(request) is { } bad) return bad;
        if (request.HasSdp) return null;
        var body = MultipartBody.Read(request);
        if (body.Session is null) return body.Parts.All(part => part.IsOptional) ? null : new(415, "A Session Description Is Expected");
        var required = body.Parts.FirstOrDefault(part => !part.IsSession && part.IsRequired)?.Type;
        return required is null ? null : new(415, $"{required.Type}/{required.Subtype} Is Not Understood");
    }
}
