using System.Security.Cryptography;
using System.Text;
using TeleCube.Actors.Calls.Model;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>
/// Our tag of a dialog: <c>leg-callid-tenant-mac</c>. It names the leg that a request within the dialog is for,
/// so any node routes it without a look-up; the MAC (HMAC-SHA-256 under the cluster's key, 64 bits) keeps
/// outsiders from making tags up. Lower case, since some peers fold tags.
/// </summary>
public sealed class LocalTag(ReadOnlyMemory<byte> key)
{
    const int MacBytes = 8;
    const int MacLength = MacBytes * 2;

    public string For(TenantId tenant, CallId call, int leg)
    {
        var name = $"{leg}-{call.Value}-{Name(tenant)}";
        return $"{name}-{Mac(name)}";
    }

    public bool TryRead(string? tag, out TenantId tenant, out CallId call, out int leg)
    {
        (tenant, call, leg) = (default, default, 0);
        if (tag is null) return false;

        var first = tag.IndexOf('-');
        var last = tag.LastIndexOf('-');
        if (first is < 1 or > 4 || last <= first + CallId.Length + 2 || tag.Length - last - 1 != MacLength) return false;
        if (!int.TryParse(tag.AsSpan(0, first), out leg) || tag[first + 1 + CallId.Length] != '-') return false;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Mac(tag[..last])), Encoding.UTF8.GetBytes(tag[(last + 1)..]))) return false;

        call = new CallId(tag.Substring(first + 1, CallId.Length));
        var name = tag[(first + CallId.Length + 2)..last];
        tenant = name == Name(TenantId.Platform) ? TenantId.Platform : new TenantId(name);
        return true;
    }

    /// <summary>A tag is a token (RFC 3261 §25.1), which the platform's own '@' is not.</summary>
    static string Name(TenantId tenant) => tenant == TenantId.Platform ? "~" : tenant.Value;

    string Mac(string name)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Span, Encoding.UTF8.GetBytes(name), hash);
        return Convert.ToHexStringLower(hash[..MacBytes]);
    }
}
