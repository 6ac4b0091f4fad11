namespace TeleCube.Media.Rtcp;

/// <summary>The E-model (ITU-T G.107) with its defaults, for G.711: delay (Cole and Rosenbluth's fit of G.107) and loss to a rating R, and R to MOS.</summary>
public static class EModel
{
    const double BasicRating = 93.2;      // all defaults, no delay, no loss
    const double LossRobustness = 25.1;   // Bpl of G.711 with loss concealment (G.113 appendix I)
    const double WorstEquipment = 95;

    /// <summary>MOS, 1.0 to 4.5, from the one-way delay from mouth to ear and random loss.</summary>
    public static double Mos(double oneWayDelayMs, double lossPercent)
    {
        var delay = 0.024 * oneWayDelayMs + (oneWayDelayMs > 177.3 ? 0.11 * (oneWayDelayMs - 177.3) : 0);
        var equipment = WorstEquipment * lossPercent / (lossPercent + LossRobustness);
        return FromRating(BasicRating - delay - equipment);
    }

    // G.107 annex B.
    static double FromRating(double r) => r switch
    {
        <= 0 => 1,
        > 100 => 4.5,
        _ => Math.Max(1, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6),
    };

    /// <summary>The delay that a peer likely hears: half a round trip, its jitter buffer (twice the jitter), a frame to fill and one to play.</summary>
    public static double EstimateDelayMs(double? roundTripMs, double jitterMs, int frameMs) => (roundTripMs ?? 0) / 2 + 2 * jitterMs + 2 * frameMs;
}
