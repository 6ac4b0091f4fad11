using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Transactions;

namespace TeleCube.Actors.Subscriptions;

/// <summary>
/// Our tag of a subscription's dialog: <c>sub-extension-random-tenant-mac</c>. As a call's tag it names who a request within the dialog is for, so no
/// look-up is needed, and nobody else can make one (see <see cref="Calls.Wire.LocalTag"/>, which never begins with a word).
/// </summary>
public sealed class SubscriptionTag(ReadOnlyMemory<byte> key, IRandomSource random)
{
    const string Prefix = "sub-";
    const int RandomBytes = 8;
    const int MacBytes = 8;

    public string Next(TenantId tenant, ExtensionNumber watcher)
    {
        Span<byte> own = stackalloc byte[RandomBytes];
        random.Fill(own);
        var name = $"{Prefix}{watcher}-{Convert.ToHexStringLower(own)}-{tenant}";
        return $"{name}-{Mac(name)}";
    }

    public bool TryRead([NotNullWhen(true)] string? tag, out EntityId watcher)
    {
        watcher = default!;
        if (tag is null || !tag.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var last = tag.LastIndexOf('-');
        if (last < Prefix.Length || !IsOurs(tag.AsSpan(0, last), tag.AsSpan(last + 1))) return false;
        var parts = tag[Prefix.Length..last].Split('-', 3);
        if (parts.Length != 3 || !ExtensionNumber.TryParse(parts[0], out var extension)) return false;
        watcher = EntityKinds.Subscriptions(new TenantId(parts[2]), extension);
        return true;
    }

    bool IsOurs(ReadOnlySpan<char> name, ReadOnlySpan<char> mac) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Mac(name.ToString())), Encoding.UTF8.GetBytes(mac.ToString()));

    string Mac(string name)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Span, Encoding.UTF8.GetBytes(name), hash);
        return Convert.ToHexStringLower(hash[..MacBytes]);
    }
}
