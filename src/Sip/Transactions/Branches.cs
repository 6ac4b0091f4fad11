using System.Security.Cryptography;
using System.Text;
using TeleCube.Sip.Headers;

namespace TeleCube.Sip.Transactions;

/// <summary>Branches: derived from a seed, so that a request repeated after a restart is a retransmission, or random.</summary>
sealed class Branches(ReadOnlyMemory<byte> key, IRandomSource random)
{
    const int Bytes = 15;

    public string Of(string? seed)
    {
        Span<byte> bytes = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (seed is null) random.Fill(bytes[..Bytes]);
        else HMACSHA256.HashData(key.Span, Encoding.UTF8.GetBytes(seed), bytes);
        return Via.MagicCookie + Convert.ToHexStringLower(bytes[..Bytes]);
    }
}
