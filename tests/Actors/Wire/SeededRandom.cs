using TeleCube.Sip.Transactions;

namespace TeleCube.Actors.Tests.Wire;

/// <summary>Randomness that is the same for the same seed.</summary>
sealed class SeededRandom(int seed) : IRandomSource
{
    readonly Random _random = new(seed);

    public void Fill(Span<byte> bytes) => _random.NextBytes(bytes);
}
