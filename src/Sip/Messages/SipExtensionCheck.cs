using TeleCube.Sip.Dialogs;

namespace TeleCube.Sip.Messages;

/// <summary>Whether a request insists on extensions that its server does not have (RFC 3261 §8.2.2.3).</summary>
public static class SipExtensionCheck
{
    /// <summary>The 420 that names what is missing; null where nothing is.</summary>
    public static SipResponse? Refusal(SipRequest request, IEnumerable<string> supported, ITagSource tags)
    {
        var missing = request.Headers.Tokens(SipHeaderName.Require).Except(supported, StringComparer.OrdinalIgnoreCase).ToList();
        if (missing.Count == 0) return null;
        var refusal = SipResponse.For(request, 420, null, tags.Next(null));
        refusal.Headers.Add(SipHeaderName.Unsupported, string.Join(", ", missing));
        return refusal;
    }
}
