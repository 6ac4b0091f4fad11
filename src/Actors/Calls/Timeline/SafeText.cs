using System.Text.RegularExpressions;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Timeline;

/// <summary>A SIP message as people may see it: no credentials, no media keys, no pressed keys, and of another tenant of the platform neither its id nor its call's.</summary>
static partial class SafeText
{
    const string LeftOut = "(left out)";

    public static string Of(SipMessage message, EntityId call)
    {
        var text = message.ToString();
        if (text.Contains("uthorization:", StringComparison.Ordinal)) text = Secrets().Replace(text, $"$1$2: {LeftOut}\r\n");
        if (text.Contains("inline:", StringComparison.Ordinal)) text = Keys().Replace(text, $"inline:{LeftOut}");
        if (text.Contains(Routing.OnNet.Header, StringComparison.OrdinalIgnoreCase)) text = Secrets().Replace(text, $"$1$2: {LeftOut}\r\n");
        if (text.Contains("application/dtmf", StringComparison.OrdinalIgnoreCase)) text = $"{text[..(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)]}{LeftOut}"; // keys may be a PIN
        text = Tags().Replace(text, tag => tag.Groups["tenant"].Value == call.Tenant.Value ? tag.Value : LeftOut);
        return CallIds().Replace(text, id => id.Groups["call"].Value == call.Id ? id.Value : LeftOut);
    }

    [GeneratedRegex(@"(^|\n)((?:Proxy-)?Authorization|X-TeleCube-On-Net):[^\n]*\n", RegexOptions.IgnoreCase)]
    private static partial Regex Secrets();

    [GeneratedRegex(@"inline:[A-Za-z0-9+/=]+")]
    private static partial Regex Keys();

    // As LocalTag and Invites write them.
    [GeneratedRegex(@"\b[0-9]{1,4}-[0-9a-z]{26}-(?<tenant>[^;>\s""]+)-[0-9a-f]{16}\b")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\b(?<call>[0-9a-z]{26})-[0-9]+-[0-9a-f]{8}(?=@)")]
    private static partial Regex CallIds();
}
