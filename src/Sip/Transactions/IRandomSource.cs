using System.Security.Cryptography;

namespace TeleCube.Sip.Transactions;

/// <summary>The one seam through which randomness comes: tags, branches without a seed, nonces.</summary>
public interface IRandomSource
{
    void Fill(Span<byte> bytes);
}

/// <summary>The system's generator.</summary>
public sealed class SystemRandomSource : IRandomSource
{
    public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
}
