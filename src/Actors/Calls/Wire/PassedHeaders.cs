using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>
/// The headers of a peer's message that are not our business: a B2BUA passes them on as they are, in order and bounded in size.
/// </summary>
static class PassedHeaders
{
    const int MostBytes = 4096;

    /// <summary>Known headers that speak to the far end, not to us.</summary>
    static readonly HashSet<SipHeaderName> _passed =
    [
        SipHeaderName.Subject, SipHeaderName.UsertoUser, SipHeaderName.AlertInfo, SipHeaderName.CallInfo, SipHeaderName.Priority,
        SipHeaderName.Organization, SipHeaderName.InReplyTo, SipHeaderName.AcceptLanguage, SipHeaderName.Geolocation,
    ];

    /// <summary>They say how a body is to be read, so they go where it goes.</summary>
    static readonly HashSet<SipHeaderName> _ofBody = [SipHeaderName.ContentDisposition, SipHeaderName.ContentLanguage, SipHeaderName.ContentEncoding];

    /// <param name="message">What the peer sent.</param>
    /// <param name="withBody">Its body is passed on too.</param>
    public static IEnumerable<(string Name, string Value)> Of(SipMessage message, bool withBody = false)
    {
        var bytes = 0;
        foreach (var field in message.Headers)
        {
            if (!(field.Name.IsKnown ? _passed.Contains(field.Name) || (withBody && _ofBody.Contains(field.Name)) : !IsOurs(field.Name))) continue;
            var value = field.Text;
            bytes += field.Name.Text.Length + value.Length;
            if (bytes > MostBytes) yield break;
            yield return (field.Name.Text, value);
        }
    }

    static bool IsOurs(SipHeaderName name) => name.Text.StartsWith("X-TeleCube-", StringComparison.OrdinalIgnoreCase);
}
