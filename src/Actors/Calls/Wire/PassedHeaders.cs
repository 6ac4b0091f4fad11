using TeleCube.Actors.Calls.Model;
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

    /// <summary>
    /// By these a phone rings otherwise, fetches what it is told to, or answers by itself (RFC 3261 §20.4, §20.9; RFC 5373): nothing for a stranger to say.
    /// </summary>
    static readonly HashSet<string> _ofOurOwn = new(StringComparer.OrdinalIgnoreCase)
    {
        "Alert-Info", "Call-Info", "Answer-Mode", "Priv-Answer-Mode", "P-Auto-Answer", "P-Answer-State",
    };

    /// <param name="message">What the peer sent.</param>
    /// <param name="sender">The peer, where it is known: not all that one of ours may say is for others to say.</param>
    /// <param name="withBody">Its body is passed on too.</param>
    public static IEnumerable<(string Name, string Value)> Of(SipMessage message, Party? sender, bool withBody = false)
    {
        var bytes = 0;
        foreach (var field in message.Headers)
        {
            if (sender is not Party.Phone && _ofOurOwn.Contains(field.Name.Text)) continue;
            if (!(IsOfBody(field.Name) ? withBody && !IsWritten(field.Name) : IsForTheFarEnd(field.Name))) continue;
            var value = field.Text;
            bytes += field.Name.Text.Length + value.Length;
            if (bytes > MostBytes) yield break;
            yield return (field.Name.Text, value);
        }
    }

    static bool IsForTheFarEnd(SipHeaderName name) => name.IsKnown ? _passed.Contains(name) : !IsOurs(name);

    /// <summary>It says how a body is to be read, so it goes where that goes.</summary>
    static bool IsOfBody(SipHeaderName name) => name.Text.StartsWith("Content-", StringComparison.OrdinalIgnoreCase);

    /// <summary>With every body, whoever's it is.</summary>
    static bool IsWritten(SipHeaderName name) => name == SipHeaderName.ContentType || name == SipHeaderName.ContentLength;

    static bool IsOurs(SipHeaderName name) => name.Text.StartsWith("X-TeleCube-", StringComparison.OrdinalIgnoreCase);
}
