using TeleCube.Sip.Transactions;

namespace TeleCube.Sip.Dialogs;

/// <summary>Where local tags come from. The exchange's own source puts the shard and a MAC into them, so that any node can route by them.</summary>
public interface ITagSource
{
    /// <summary>The same seed gives the same tag; null gives a new one.</summary>
    string Next(string? seed);
}

/// <summary>128 random bits, or a seed's hash (RFC 3261 §19.3 asks for 32).</summary>
public sealed class PlainTagSource(IRandomSource random, ReadOnlyMemory<byte> key) : ITagSource
{
    readonly Branches _branches = new(key, random);

    public string Next(string? seed) => _branches.Of(seed is null ? null : $"tag|{seed}")[Headers.Via.MagicCookie.Length..];
}
