using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>
/// The headers of a peer's request that are not our business: a B2BUA passes them on as they are, in order and bounded in size.
/// </summary>
static class PassedHeaders
{
    const int MostBytes = 4096;

    /// <summary>Known headers that speak to the far end, not to us.</summary>
    static readonly HashSet<SipHeaderName> _passed =
    [
        SipHeaderName.Subject, SipHeaderName.UsertoUser, SipHeaderName.AlertInfo, SipHeaderName.CallInfo, SipHeaderName.Priority,
        SipHeaderName.Organization, SipHeaderName.InReplyTo, SipHeaderName.AcceptLanguage, SipHeaderName.ContentDisposition, SipHeaderName.ContentLanguage,
        SipHeaderName.Geolocation,
    ];

    public static IEnumerable<(string Name, string Value)> Of(SipRequest request)
    {
        var bytes = 0;
        foreach (var field in request.Headers)
        {
            if (field.Name.IsKnown ? !_passed.Contains(field.Name) : IsOurs(field.Name)) continue;
            var value = field.Text;
            bytes += field.Name.Text.Length + value.Length;
            if (bytes > MostBytes) yield break;
            yield return (field.Name.Text, value);
        }
    }

    static bool IsOurs(SipHeaderName name) => name.Text.StartsWith("X-TeleCube-", StringComparison.OrdinalIgnoreCase);
}
