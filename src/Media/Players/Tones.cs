using TeleCube.Media.Codecs;
using TeleCube.Media.Messages;

namespace TeleCube.Media.Players;

/// <summary>Call-progress tones as used in Poland (ITU-T E.180 supplement 2): 425 Hz; rendered one period long and looped.</summary>
static class Tones
{
    const double CallProgressHz = 425, BeepHz = 1000, LevelDb = -10;

    public static Playlist Of(ToneKind kind) => kind switch
    {
        ToneKind.RingBack => new([Cadence(1000, 4000)], 0),
        ToneKind.Busy => new([Cadence(500, 500)], 0),
        ToneKind.Congestion => new([Cadence(250, 250)], 0),
        ToneKind.Dial => new([Cadence(1000, 0)], 0),
        _ => new([Render(BeepHz, LevelDb, 250, 0)], 1),
    };

    /// <summary>Frequencies are kept to 0.1 Hz: ten seconds hold a whole number of periods, so that the loop has no click.</summary>
    public static Playlist Sine(double hz, double levelDb) => new([Render(Math.Round(hz, 1), Math.Min(levelDb, 0), 10_000, 0)], 0);

    static AudioClip Cadence(int onMs, int offMs) => Render(CallProgressHz, LevelDb, onMs, offMs);

    static AudioClip Render(double hz, double levelDb, int onMs, int offMs)
    {
        var amplitude = short.MaxValue * Math.Pow(10, levelDb / 20);
        var codes = new byte[(onMs + offMs) * 8];
        codes.AsSpan(onMs * 8).Fill(G711.ALawSilence);
        for (var i = 0; i < onMs * 8; i++) codes[i] = G711.ToALaw((short)(amplitude * Math.Sin(2 * Math.PI * hz * i / 8000)));
        return new(codes);
    }
}
