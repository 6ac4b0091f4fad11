namespace TeleCube.Media.Conversion;

/// <summary>
/// Turns loud moments down before they come, so that nothing exceeds the ceiling and nothing is clipped: the gain that each sample needs, its least value
/// within 5 ms, and the mean of that over 5 ms to both sides. The mean of least gains around a sample is never above the sample's own.
/// </summary>
sealed class PeakLimiter(float gain, float ceiling, int reach)
{
    /// <summary>The samples from <paramref name="begin"/> on, levelled; those around them are looked at, none is changed.</summary>
    public void Level(ReadOnlySpan<float> all, int begin, Span<float> levelled)
    {
        var first = begin - 2 * reach; // of what the least gains are taken from; may lie before the beginning
        Span<float> needed = new float[levelled.Length + 4 * reach];
        for (var i = 0; i < needed.Length; i++) needed[i] = first + i >= 0 && first + i < all.Length ? Needed(all[first + i]) : 1;
        var least = Least(needed);
        var sum = 0.0;
        for (var i = 0; i < 2 * reach; i++) sum += least[i];
        for (var i = 0; i < levelled.Length; i++)
        {
            sum += least[i + 2 * reach];
            levelled[i] = (float)(all[begin + i] * gain * (sum / (2 * reach + 1)));
            sum -= least[i];
        }
    }

    float Needed(float sample) => Math.Abs(sample) * gain is var peak && peak > ceiling ? ceiling / peak : 1;

    /// <summary>For each place but the outermost, the least within reach of it; the candidates are kept in rising order.</summary>
    float[] Least(ReadOnlySpan<float> needed)
    {
        var least = new float[needed.Length - 2 * reach];
        var candidates = new int[needed.Length];
        var (head, tail) = (0, 0);
        for (var i = 0; i < needed.Length; i++)
        {
            while (tail > head && needed[candidates[tail - 1]] >= needed[i]) tail--;
            candidates[tail++] = i;
            if (candidates[head] < i - 2 * reach) head++;
            if (i >= 2 * reach) least[i - 2 * reach] = needed[candidates[head]];
        }
        return least;
    }
}
