using TeleCube.Sip.Headers;
using TeleCube.Sip.Transactions;

namespace TeleCube.Sip.Dialogs;

/// <summary>128 random bits, or a seed's hash (RFC 3261 §19.3 asks for 32).</summary>
public sealed class PlainTagSource(IRandomSource random, ReadOnlyMemory<byte> key) : ITagSource
{
    readonly Branches _branches = new(key, random);

    public string Next(string? seed) => _branches.Of(seed is null ? null : $"tag|{seed}")[Via.MagicCookie.Length..];
}
