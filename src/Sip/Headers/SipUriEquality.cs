using System.Net;

namespace TeleCube.Sip.Headers;

/// <summary>
/// When two URIs are the same (RFC 3261 §19.1.4, RFC 3966 §5): the user with case, all else without, no default filled in.
/// </summary>
static class SipUriEquality
{
    // In one URI and absent from the other these make a difference; any other parameter counts only when both have it.
    static readonly string[] _decisive = ["user", "ttl", "method", "maddr", "transport"];

    public static bool Equal(SipUri left, SipUri right)
    {
        if (left.Scheme != right.Scheme) return false;
        return left.Scheme switch
        {
            UriScheme.Other => Same(left.SchemeText ?? "", right.SchemeText ?? "") && left.Opaque == right.Opaque,
            UriScheme.Tel => Digits(left) == Digits(right) && SameParameters(left, right),
            _ => EqualSip(left, right),
        };
    }

    public static int Hash(SipUri uri) => uri.Scheme switch
    {
        UriScheme.Other => (uri.Opaque ?? "").GetHashCode(StringComparison.Ordinal),
        UriScheme.Tel => Digits(uri).GetHashCode(StringComparison.Ordinal),
        _ => HashCode.Combine(uri.Scheme, Normal(uri.RawUser), HostKey(uri.Host).GetHashCode(StringComparison.OrdinalIgnoreCase), uri.Port),
    };

    static bool EqualSip(SipUri left, SipUri right) =>
        Normal(left.RawUser) == Normal(right.RawUser)
        && Normal(left.RawPassword) == Normal(right.RawPassword)
        && (left.RawUser is null) == (right.RawUser is null)
        && Same(HostKey(left.Host), HostKey(right.Host))
        && left.Port == right.Port
        && SameParameters(left, right)
        && SameHeaders(left.Headers, right.Headers);

    static bool SameParameters(SipUri left, SipUri right) =>
        Matches(left.Parameters, right.Parameters)
        && Array.TrueForAll(_decisive, name => left.Parameters.Has(name) == right.Parameters.Has(name));

    static bool Matches(HeaderParameters left, HeaderParameters right)
    {
        for (var i = 0; i < left.Count; i++)
            if (right.Raw(left[i].Name) is { } other && !Same(Normal(left[i].Value), Normal(other))) return false;
        return true;
    }

    static bool SameHeaders(UriHeaders left, UriHeaders right)
    {
        if (left.Count != right.Count) return false;
        for (var i = 0; i < left.Count; i++)
            if (left[left[i].Name] != right[left[i].Name]) return false;
        return true;
    }

    // 2001:db8::1 and 2001:0DB8:0::1 are one host: addresses are compared, not their spelling.
    static string HostKey(string host) => host.Contains(':') && IPAddress.TryParse(host, out var address) ? address.ToString() : host;

    static string Digits(SipUri tel) => string.Concat((tel.User ?? "").Where(c => c is not ('-' or '.' or '(' or ')'))).ToLowerInvariant();

    static string Normal(string? raw) => raw is null ? "" : UriEscapes.Normal(raw);

    static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
