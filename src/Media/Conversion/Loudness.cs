namespace TeleCube.Media.Conversion;

/// <summary>
/// How loud people find it: ITU-R BS.1770-4, the measure of EBU R 128. The mean power behind the K-weighting, over blocks of 400 ms every 100 ms; blocks below
/// -70 LUFS and those 10 LU below the rest don't count, so that pauses make a slow speaker no louder.
/// </summary>
static class Loudness
{
    const double AbsoluteGateLufs = -70, RelativeGateLu = -10;
    const int StepsOfBlock = 4;

    /// <summary>LUFS; null for silence.</summary>
    public static double? Measure(ReadOnlySpan<float> samples, int rateHz)
    {
        var blocks = Blocks(StepPowers(samples, rateHz)).Where(power => Lufs(power) > AbsoluteGateLufs).ToList();
        if (blocks.Count == 0) return null;
        var gate = Lufs(blocks.Average()) + RelativeGateLu;
        return Lufs(blocks.Where(power => Lufs(power) > gate).Average());
    }

    static double Lufs(double power) => -0.691 + 10 * Math.Log10(Math.Max(power, 1e-20));

    /// <summary>The mean power of each 100 ms; what is left over at the end joins the last one.</summary>
    static List<double> StepPowers(ReadOnlySpan<float> samples, int rateHz)
    {
        var (shelf, highPass) = (Biquad.HighShelf(rateHz, 1681.974, 3.99984, 0.7071752), Biquad.HighPass(rateHz, 38.13547, 0.5003270));
        var step = rateHz / 10;
        var powers = new List<double>(samples.Length / step + 1);
        for (var begin = 0; begin < samples.Length;)
        {
            var length = samples.Length - begin < 2 * step ? samples.Length - begin : step;
            var sum = 0.0;
            foreach (var sample in samples.Slice(begin, length))
            {
                var weighted = highPass.Next(shelf.Next(sample));
                sum += weighted * weighted;
            }
            powers.Add(sum / length);
            begin += length;
        }
        return powers;
    }

    /// <summary>What is shorter than a block is one block.</summary>
    static IEnumerable<double> Blocks(List<double> steps) => steps.Count < StepsOfBlock
        ? steps.Count == 0 ? [] : [steps.Average()]
        : Enumerable.Range(0, steps.Count - StepsOfBlock + 1).Select(first => steps.Skip(first).Take(StepsOfBlock).Average());
}
