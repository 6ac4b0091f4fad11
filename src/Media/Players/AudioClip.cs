namespace TeleCube.Media.Players;

/// <summary>Decoded audio in memory: A-law, 8000 samples a second; immutable and shared by all players.</summary>
sealed record AudioClip(byte[] ALaw)
{
    public int Length => ALaw.Length;
}
