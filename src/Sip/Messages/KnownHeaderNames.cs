using System.Text;

namespace TeleCube.Sip.Messages;

/// <summary>
/// The one table of header names (IANA "SIP Header Fields"), found by length and first letter; the compact form, if any, beside the
/// name.
/// </summary>
static class KnownHeaderNames
{
    const int LongestName = 31;

    static readonly (string Name, char Compact)[] _all =
    [
        ("Accept", default),
        ("Accept-Contact", 'a'),
        ("Accept-Encoding", default),
        ("Accept-Language", default),
        ("Alert-Info", default),
        ("Allow", default),
        ("Allow-Events", 'u'),
        ("Answer-Mode", default),
        ("Authentication-Info", default),
        ("Authorization", default),
        ("Call-ID", 'i'),
        ("Call-Info", default),
        ("Contact", 'm'),
        ("Content-Disposition", default),
        ("Content-Encoding", 'e'),
        ("Content-Language", default),
        ("Content-Length", 'l'),
        ("Content-Type", 'c'),
        ("CSeq", default),
        ("Date", default),
        ("Diversion", default),
        ("Error-Info", default),
        ("Event", 'o'),
        ("Expires", default),
        ("From", 'f'),
        ("Geolocation", default),
        ("History-Info", default),
        ("Identity", 'y'),
        ("In-Reply-To", default),
        ("Join", default),
        ("Max-Forwards", default),
        ("MIME-Version", default),
        ("Min-Expires", default),
        ("Min-SE", default),
        ("Organization", default),
        ("P-Access-Network-Info", default),
        ("P-Asserted-Identity", default),
        ("P-Charging-Vector", default),
        ("P-Called-Party-ID", default),
        ("P-Early-Media", default),
        ("P-Preferred-Identity", default),
        ("Path", default),
        ("Priority", default),
        ("Privacy", default),
        ("Proxy-Authenticate", default),
        ("Proxy-Authorization", default),
        ("Proxy-Require", default),
        ("RAck", default),
        ("Reason", default),
        ("Record-Route", default),
        ("Refer-Sub", default),
        ("Refer-To", 'r'),
        ("Referred-By", 'b'),
        ("Reject-Contact", 'j'),
        ("Remote-Party-ID", default),
        ("Replaces", default),
        ("Reply-To", default),
        ("Request-Disposition", 'd'),
        ("Require", default),
        ("Retry-After", default),
        ("Route", default),
        ("RSeq", default),
        ("Server", default),
        ("Service-Route", default),
        ("Session-Expires", 'x'),
        ("SIP-ETag", default),
        ("SIP-If-Match", default),
        ("Subject", 's'),
        ("Subscription-State", default),
        ("Supported", 'k'),
        ("Target-Dialog", default),
        ("Timestamp", default),
        ("To", 't'),
        ("Unsupported", default),
        ("User-Agent", default),
        ("User-to-User", default),
        ("Via", 'v'),
        ("Warning", default),
        ("WWW-Authenticate", default),
    ];

    static readonly string[]?[] _byLengthAndLetter = Index();
    static readonly string?[] _byCompact = Compact();

    public static string? Find(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || name.Length > LongestName) return null;
        if (name.Length == 1) return _byCompact[name[0] & 31] is { } known && char.IsAsciiLetter((char)name[0]) ? known : null;
        foreach (var candidate in _byLengthAndLetter[Slot(name.Length, name[0])] ?? [])
            if (Ascii.EqualsIgnoreCase(name, candidate)) return candidate;
        return null;
    }

    public static string? Find(string name)
    {
        if (name.Length is 0 or > LongestName) return null;
        if (name.Length == 1) return char.IsAsciiLetter(name[0]) ? _byCompact[name[0] & 31] : null;
        foreach (var candidate in _byLengthAndLetter[Slot(name.Length, (byte)name[0])] ?? [])
            if (name.Equals(candidate, StringComparison.OrdinalIgnoreCase)) return candidate;
        return null;
    }

    // Upper and lower case of a letter share the last five bits.
    static int Slot(int length, byte first) => (length << 5) | (first & 31);

    static string[]?[] Index()
    {
        var index = new string[]?[(LongestName + 1) << 5];
        foreach (var (name, _) in _all)
        {
            var slot = Slot(name.Length, (byte)name[0]);
            index[slot] = [.. index[slot] ?? [], name];
        }
        return index;
    }

    static string?[] Compact()
    {
        var index = new string?[32];
        foreach (var (name, compact) in _all)
            if (compact != default) index[compact & 31] = name;
        return index;
    }
}
