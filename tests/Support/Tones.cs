namespace TeleCube.Tests.Support;

/// <summary>Sines and how to find them again: who hears whom is asked of the audio itself. Independent of the product's codecs.</summary>
public static class Tones
{
    public const int RateHz = 8000;

    public static short[] Sine(double hz, int samples, double levelDb = -10, int from = 0)
    {
        var amplitude = short.MaxValue * Math.Pow(10, levelDb / 20);
        return [.. Enumerable.Range(from, samples).Select(i => (short)(amplitude * Math.Sin(2 * Math.PI * hz * i / RateHz)))];
    }

    /// <summary>The level of one frequency in dB relative to a full-scale sine (Goertzel).</summary>
    public static double LevelDb(ReadOnlySpan<short> samples, double hz)
    {
        var coefficient = 2 * Math.Cos(2 * Math.PI * hz / RateHz);
        double s1 = 0, s2 = 0;
        foreach (var sample in samples) (s1, s2) = (sample + coefficient * s1 - s2, s1);
        var power = s1 * s1 + s2 * s2 - coefficient * s1 * s2;
        var amplitude = 2 * Math.Sqrt(Math.Max(power, 0)) / Math.Max(1, samples.Length);
        return 20 * Math.Log10(Math.Max(amplitude, 1e-3) / short.MaxValue);
    }

    /// <summary>True when the frequency stands out: louder than -30 dB by default.</summary>
    public static bool Hears(ReadOnlySpan<short> samples, double hz, double aboveDb = -30) => samples.Length > 0 && LevelDb(samples, hz) > aboveDb;

    /// <summary>Of these frequencies, those that are heard.</summary>
    public static double[] Heard(short[] samples, params double[] candidates) => [.. candidates.Where(hz => Hears(samples, hz))];

    /// <summary>A-law by the formula of G.711, with no table.</summary>
    public static byte ToALaw(short sample)
    {
        var best = 0;
        for (var code = 1; code < 256; code++)
            if (Math.Abs(FromALaw((byte)code) - sample) < Math.Abs(FromALaw((byte)best) - sample)) best = code;
        return (byte)best;
    }

    public static short FromALaw(byte code)
    {
        var value = code ^ 0x55;
        var (exponent, mantissa) = ((value >> 4) & 7, value & 15);
        var magnitude = exponent == 0 ? mantissa * 16 + 8 : (mantissa * 16 + 264) << (exponent - 1);
        return (short)((value & 0x80) != 0 ? magnitude : -magnitude);
    }

    public static byte ToMuLaw(short sample)
    {
        var best = 0;
        for (var code = 1; code < 256; code++)
            if (Math.Abs(FromMuLaw((byte)code) - sample) < Math.Abs(FromMuLaw((byte)best) - sample)) best = code;
        return (byte)best;
    }

    public static short FromMuLaw(byte code)
    {
        var value = ~code & 0xFF;
        var magnitude = ((((value & 15) << 3) + 132) << ((value >> 4) & 7)) - 132;
        return (short)((value & 0x80) != 0 ? -magnitude : magnitude);
    }
}
