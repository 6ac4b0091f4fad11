using System.Diagnostics.CodeAnalysis;
using System.Text;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>Reads <see cref="SipUri"/>.</summary>
static class SipUriParser
{
    public static bool TryParse(ReadOnlySpan<byte> text, [MaybeNullWhen(false)] out SipUri uri)
    {
        uri = null;
        var colon = text.IndexOf((byte)':');
        if (colon < 1) return false;
        var scheme = text[..colon];
        var rest = text[(colon + 1)..];
        if (Ascii.EqualsIgnoreCase(scheme, "sip")) return TryParseSip(UriScheme.Sip, rest, out uri);
        if (Ascii.EqualsIgnoreCase(scheme, "sips")) return TryParseSip(UriScheme.Sips, rest, out uri);
        if (Ascii.EqualsIgnoreCase(scheme, "tel")) return TryParseTel(rest, out uri);
        if (!char.IsAsciiLetter((char)scheme[0]) || scheme.ContainsAnyExcept(SipChars.Scheme)) return false;
        if (rest.IsEmpty || rest.ContainsAnyExcept(SipChars.Uric)) return false;
        uri = new SipUri { Scheme = UriScheme.Other, SchemeText = WireText.Text(scheme), Opaque = WireText.Text(rest) };
        return true;
    }

    static bool TryParseSip(UriScheme scheme, ReadOnlySpan<byte> text, [MaybeNullWhen(false)] out SipUri uri)
    {
        uri = null;
        if (!TryReadUserInfo(ref text, out var user, out var password)) return false;
        var reader = new SipReader(text);
        if (!reader.TryReadHost(out var host) || !reader.TryReadOptionalPort(out var port)) return false;
        if (!TryReadParameters(ref reader, out var parameters)) return false;
        var headers = UriHeaders.Empty;
        if (reader.TrySkip((byte)'?') && !UriHeaders.TryParse(reader.Rest, out headers)) return false;
        if (headers.Count == 0 && !reader.End) return false;
        uri = new SipUri
        {
            Scheme = scheme,
            RawUser = user,
            RawPassword = password,
            Host = WireText.Text(host),
            Port = port,
            Parameters = parameters,
            Headers = headers,
        };
        return true;
    }

    // userinfo = user [ ":" password ] "@". An "@" that a header of the URI forgot to escape has a host, not a user, before it.
    static bool TryReadUserInfo(ref ReadOnlySpan<byte> text, out string? user, out string? password)
    {
        user = password = null;
        var at = text.IndexOf((byte)'@');
        if (at < 0) return true;
        var userInfo = text[..at];
        var colon = userInfo.IndexOf((byte)':');
        var name = colon < 0 ? userInfo : userInfo[..colon];
        var secret = colon < 0 ? default : userInfo[(colon + 1)..];
        if (name.IsEmpty || name.ContainsAnyExcept(SipChars.User) || secret.ContainsAnyExcept(SipChars.Password))
            return name.Contains((byte)'?') || secret.Contains((byte)'?');
        if (!UriEscapes.AreSound(name) || !UriEscapes.AreSound(secret)) return false;
        user = WireText.Text(name).Replace("#", "%23", StringComparison.Ordinal);
        password = colon < 0 ? null : WireText.Text(secret);
        text = text[(at + 1)..];
        return true;
    }

    // tel:+48221234567;phone-context=... (RFC 3966 §3)
    static bool TryParseTel(ReadOnlySpan<byte> text, [MaybeNullWhen(false)] out SipUri uri)
    {
        uri = null;
        var reader = new SipReader(text);
        if (!reader.TryRead(SipChars.TelephoneDigit, out var number)) return false;
        if (!TryReadParameters(ref reader, out var parameters) || !reader.End) return false;
        uri = new SipUri
        {
            Scheme = UriScheme.Tel,
            RawUser = WireText.Text(number).Replace("#", "%23", StringComparison.Ordinal),
            Parameters = parameters,
        };
        return true;
    }

    // %6C%72 is lr (RFC 3261 §19.1.4); an escape that has to be one stays.
    static string NameOf(ReadOnlySpan<byte> name)
    {
        if (!name.Contains((byte)'%')) return HeaderParameter.Intern(name);
        var raw = WireText.Text(name);
        var plain = UriEscapes.Unescape(raw);
        return plain.AsSpan().ContainsAnyExcept(SipChars.SafeInUriParameter) ? raw : plain;
    }

    static bool TryReadParameters(ref SipReader reader, out HeaderParameters parameters)
    {
        parameters = HeaderParameters.Empty;
        if (!reader.IsAt((byte)';')) return true;
        var all = new List<HeaderParameter>(4);
        while (reader.TrySkip((byte)';'))
        {
            if (!reader.TryRead(SipChars.UriParameter, out var name) || !UriEscapes.AreSound(name)) return false;
            ReadOnlySpan<byte> value = default;
            var hasValue = reader.TrySkip((byte)'=');
            if (hasValue && (!reader.TryRead(SipChars.UriParameter, out value) || !UriEscapes.AreSound(value))) return false;
            if (!HeaderParameters.TryAdd(all, new(NameOf(name), hasValue ? WireText.Text(value) : null))) return false;
        }
        parameters = HeaderParameters.Of([.. all]);
        return true;
    }
}
