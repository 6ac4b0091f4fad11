using TeleCube.Media.Codecs;
using TeleCube.Media.Players;

namespace TeleCube.Media.Dtmf;

/// <summary>The sixteen dual tones of ITU-T Q.23, for peers without telephone-event.</summary>
static class DtmfTones
{
    static readonly int[] Rows = [697, 770, 852, 941];
    static readonly int[] Columns = [1209, 1336, 1477, 1633];
    const string Keypad = "123A456B789C*0#D";
    const double LevelDb = -9; // each tone; Q.24 receivers want -7 to -25 dBm0

    static readonly AudioClip[] Clips = [.. Enumerable.Range(0, 16).Select(Render)];

    /// <summary>A second of the tone of an RFC 4733 event code.</summary>
    public static AudioClip Of(int code) => Clips[code];

    static AudioClip Render(int code)
    {
        var key = Keypad.IndexOf("0123456789*#ABCD"[code], StringComparison.Ordinal);
        var (low, high) = (Rows[key / 4], Columns[key % 4]);
        var amplitude = short.MaxValue * Math.Pow(10, LevelDb / 20);
        var codes = new byte[8000];
        for (var i = 0; i < codes.Length; i++)
        {
            var t = 2 * Math.PI * i / 8000;
            codes[i] = G711.ToALaw((short)(amplitude * (Math.Sin(low * t) + Math.Sin(high * t))));
        }
        return new AudioClip(codes);
    }
}
