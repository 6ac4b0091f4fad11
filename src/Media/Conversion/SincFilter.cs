using System.Numerics;

namespace TeleCube.Media.Conversion;

/// <summary>
/// A low-pass as one row of coefficients for each fraction of an input sample at which an output sample may lie: a sinc under a Kaiser window (Kaiser 1974),
/// 80 dB down from the edge of the telephone band on. Usual rates have a row for each fraction; odd ones are interpolated between so many that the error is
/// 94 dB down.
/// </summary>
sealed class SincFilter
{
    const double StopbandDb = 80;

    /// <summary>The filter falls from 3.4 to 4 kHz, the edge of the telephone band and half of its rate; in proportion for slower input.</summary>
    const double PassedPart = 0.85;

    const int MaxExactCoefficients = 100_000;

    /// <summary>Linear interpolation errs by (2π · frequency / rate / rows)² / 8.</summary>
    const int RowsAtSameRate = 256, LeastRows = 16;

    readonly float[] _coefficients;

    public SincFilter(int fromHz, int toHz)
    {
        var divisor = (int)BigInteger.GreatestCommonDivisor(fromHz, toHz);
        (Fractions, Step) = (toHz / divisor, fromHz / divisor);

        var half = Math.Min(fromHz, toHz) / 2.0;
        var width = half * (1 - PassedPart) / fromHz;
        Half = (int)Math.Ceiling((StopbandDb - 7.95) / (14.36 * width) / 2);
        Rows = (long)Fractions * Taps <= MaxExactCoefficients ? Fractions : Math.Max(LeastRows, RowsAtSameRate * Math.Min(fromHz, toHz) / fromHz);
        _coefficients = new float[(Rows + 1) * Taps];
        var cutoff = half * (1 + PassedPart) / 2 / fromHz;
        for (var row = 0; row <= Rows; row++) Design((double)row / Rows, cutoff, _coefficients.AsSpan(row * Taps, Taps));
    }

    /// <summary>Output sample n lies at n · Step / Fractions of the input.</summary>
    public int Fractions { get; }

    public int Step { get; }

    /// <summary>So many input samples before and after an output sample take part in it.</summary>
    public int Half { get; }

    public int Taps => 2 * Half;

    int Rows { get; }

    /// <summary>The sample that lies <paramref name="fraction"/> / <see cref="Fractions"/> after the middle of these inputs.</summary>
    public float At(ReadOnlySpan<float> inputs, int fraction)
    {
        if (Rows == Fractions) return Dot(inputs, Row(fraction));
        var place = (double)fraction / Fractions * Rows;
        var row = (int)place;
        var share = (float)(place - row);
        return (1 - share) * Dot(inputs, Row(row)) + share * Dot(inputs, Row(row + 1));
    }

    ReadOnlySpan<float> Row(int row) => _coefficients.AsSpan(row * Taps, Taps);

    void Design(double fraction, double cutoff, Span<float> row)
    {
        var beta = 0.1102 * (StopbandDb - 8.7);
        Span<double> exact = row.Length <= 4096 ? stackalloc double[row.Length] : new double[row.Length];
        var sum = 0.0;
        for (var i = 0; i < row.Length; i++)
        {
            var distance = i - (Half - 1) - fraction;
            var x = 2 * Math.PI * cutoff * distance;
            var sinc = Math.Abs(x) < 1e-9 ? 1 : Math.Sin(x) / x;
            var edge = distance / Half;
            exact[i] = sinc * Bessel(beta * Math.Sqrt(Math.Max(0, 1 - edge * edge)));
            sum += exact[i];
        }
        for (var i = 0; i < row.Length; i++) row[i] = (float)(exact[i] / sum); // so that no row is louder than another
    }

    /// <summary>I0, the modified Bessel function of the first kind, by its series.</summary>
    static double Bessel(double x)
    {
        var (term, sum) = (1.0, 1.0);
        for (var k = 1; term > sum * 1e-12; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    static float Dot(ReadOnlySpan<float> inputs, ReadOnlySpan<float> row)
    {
        var sums = Vector<float>.Zero;
        var i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count) sums += new Vector<float>(inputs[i..]) * new Vector<float>(row[i..]);
        var sum = Vector.Sum(sums);
        for (; i < row.Length; i++) sum += inputs[i] * row[i];
        return sum;
    }
}
