using System.Text.RegularExpressions;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Timeline;

/// <summary>A SIP message as people may see it: no credentials and no media keys.</summary>
static partial class SafeText
{
    public static string Of(SipMessage message)
    {
        var text = message.ToString();
        if (text.Contains("uthorization:", StringComparison.Ordinal)) text = Credentials().Replace(text, "$1$2: (left out)\r\n");
        if (text.Contains("inline:", StringComparison.Ordinal)) text = Keys().Replace(text, "inline:(left out)");
        return text;
    }

    [GeneratedRegex(@"(^|\n)((?:Proxy-)?Authorization):[^\n]*\n", RegexOptions.IgnoreCase)]
    private static partial Regex Credentials();

    [GeneratedRegex(@"inline:[A-Za-z0-9+/=]+")]
    private static partial Regex Keys();
}
