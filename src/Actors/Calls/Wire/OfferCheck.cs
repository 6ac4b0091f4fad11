using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Sdp;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>Whether the body of an INVITE or UPDATE can be understood: one that cannot is no late offer, it is a mistake of the peer.</summary>
static class OfferCheck
{
    const string Identity = "identity";

    /// <summary>RFC 3261 §8.2.3; null for a session description, no body, or one that may be passed over.</summary>
    public static SipRefusal? Refusal(SipRequest request)
    {
        if (request.Body.IsEmpty) return null;
        if (request.Headers.First(SipHeaderName.ContentEncoding) is { } encoding && !encoding.Equals(Identity, StringComparison.OrdinalIgnoreCase))
            return new(415, "Content-Encoding Is Not Supported");
        if (!request.Headers.Has(SipHeaderName.ContentType)) return new(400, "Missing Content-Type");
        if (MultipartBody.Find(request, "application", "sdp") is not null)
            return request.Sdp is null ? new(400, "Bad Session Description") : null;
        return request.Get<ContentDisposition>() is { IsOptional: true } ? null : new(415, "A Session Description Is Expected");
    }
}
