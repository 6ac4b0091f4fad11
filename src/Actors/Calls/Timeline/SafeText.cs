using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using TeleCube.Actors.Calls.Model;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Timeline;

/// <summary>
/// A SIP message as people may see it: no credentials, no media keys, no pressed keys, and of another tenant of the platform neither its id nor its call's.
/// </summary>
static partial class SafeText
{
    const string LeftOut = "(left out)";

    static readonly SipHeaderName _onNet = Routing.OnNet.Header;
    static readonly SearchValues<byte> _idBytes = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz"u8);
    static readonly SearchValues<byte> _digits = SearchValues.Create("0123456789"u8);

    /// <summary>
    /// Whether its wire text may be seen as it is. Most messages may, and are then spared the closer look; which is taken whenever in doubt.
    /// </summary>
    public static bool IsHarmless(SipMessage message, ReadOnlySpan<byte> wire, EntityId call)
    {
        var headers = message.Headers;
        if (headers.Has(SipHeaderName.Authorization) || headers.Has(SipHeaderName.ProxyAuthorization) || headers.Has(_onNet)) return false;
        if (!message.Body.IsEmpty && (!message.HasSdp || message.Body.Span.IndexOf("inline:"u8) >= 0)) return false;
        return Utf8.IsValid(wire) && !NamesOthers(wire, call);
    }

    public static string Of(SipMessage message, EntityId call)
    {
        var text = message.ToString();
        if (text.Contains("uthorization:", StringComparison.Ordinal)) text = Secrets().Replace(text, $"$1: {LeftOut}\r\n");
        if (text.Contains("inline:", StringComparison.Ordinal)) text = Keys().Replace(text, $"inline:{LeftOut}");
        if (text.Contains(Routing.OnNet.Header, StringComparison.OrdinalIgnoreCase)) text = Secrets().Replace(text, $"$1: {LeftOut}\r\n");
        if (text.Contains("application/dtmf", StringComparison.OrdinalIgnoreCase)) // keys may be a PIN
            text = $"{text[..(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)]}{LeftOut}";
        text = Tags().Replace(text, tag => tag.Groups["tenant"].Value == call.Tenant.Value ? tag.Value : LeftOut);
        return CallIds().Replace(text, id => id.Groups["call"].Value == call.Id ? id.Value : LeftOut);
    }

    /// <summary>Anything that looks like the id of a call, and like part of a tag or Call-ID of ours, other than this call's.</summary>
    static bool NamesOthers(ReadOnlySpan<byte> text, EntityId call)
    {
        for (var dash = text.IndexOf((byte)'-'); dash >= 0; dash = text.IndexOf((byte)'-'))
        {
            var after = text[(dash + 1)..];
            if (dash >= CallId.Length && text.Slice(dash - CallId.Length, CallId.Length) is var id && !id.ContainsAnyExcept(_idBytes)
                && (!Ascii.Equals(id, call.Id) || !IsOurOwn(after, call.Tenant))) return true;
            text = after;
        }

        return false;
    }

    /// <summary>What follows this call's id: the tenant in a tag, a number in a Call-ID.</summary>
    static bool IsOurOwn(ReadOnlySpan<byte> text, TenantId tenant)
    {
        var name = text[..Math.Min(text.Length, tenant.Value.Length)];
        if (Ascii.Equals(name, tenant.Value) && text[name.Length..] is [(byte)'-', ..]) return true;
        return text.IndexOfAnyExcept(_digits) is > 0 and var end && text[end] == (byte)'-' && text[(end + 1)..] is [_, _, _, _, _, _, _, _, (byte)'@', ..];
    }

    [GeneratedRegex(@"^((?:Proxy-)?Authorization|X-TeleCube-On-Net):[^\n]*\n", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Secrets();

    [GeneratedRegex(@"inline:[A-Za-z0-9+/=]+")]
    private static partial Regex Keys();

    // As LocalTag and Invites write them.
    [GeneratedRegex(@"\b[0-9]{1,4}-[0-9a-z]{26}-(?<tenant>[^;>\s""]+)-[0-9a-f]{16}\b")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\b(?<call>[0-9a-z]{26})-[0-9]+-[0-9a-f]{8}(?=@)")]
    private static partial Regex CallIds();
}
