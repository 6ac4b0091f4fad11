namespace TeleCube.Media.Conversion;

/// <summary>A filter of second order, direct form II transposed; the two of BS.1770's K-weighting at any rate (Brecht De Man's parameters).</summary>
sealed class Biquad
{
    readonly double _b0, _b1, _b2, _a1, _a2;
    double _z1, _z2;

    Biquad(double b0, double b1, double b2, double a0, double a1, double a2) =>
        (_b0, _b1, _b2, _a1, _a2) = (b0 / a0, b1 / a0, b2 / a0, a1 / a0, a2 / a0);

    public static Biquad HighShelf(int rateHz, double hz, double gainDb, double q)
    {
        var k = Math.Tan(Math.PI * hz / rateHz);
        var high = Math.Pow(10, gainDb / 20);
        var band = Math.Pow(high, 0.4996667741545416);
        return new(high + band * k / q + k * k, 2 * (k * k - high), high - band * k / q + k * k, 1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k);
    }

    /// <summary>Its numerator is not normalised, as in the recommendation.</summary>
    public static Biquad HighPass(int rateHz, double hz, double q)
    {
        var k = Math.Tan(Math.PI * hz / rateHz);
        var a0 = 1 + k / q + k * k;
        return new(a0, -2 * a0, a0, a0, 2 * (k * k - 1), 1 - k / q + k * k);
    }

    public double Next(double sample)
    {
        var result = _b0 * sample + _z1;
        _z1 = _b1 * sample - _a1 * result + _z2;
        _z2 = _b2 * sample - _a2 * result;
        return result;
    }
}
