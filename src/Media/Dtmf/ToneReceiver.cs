using System.Runtime.Intrinsics;
using TeleCube.Media.Codecs;
using TeleCube.Media.Messages;

namespace TeleCube.Media.Dtmf;

/// <summary>
/// Hears keys that are tones in the audio (ITU-T Q.23, Q.24), by the strength of the eight frequencies in blocks of 13 ms (Goertzel); knows audio, not clocks
/// or sockets.
/// </summary>
/// <remarks>
/// Speech is told from keys by what it has besides: the two strongest frequencies must make up nearly all of a block, be of like strength, stand out from the
/// rest of their group, and stay the same for blocks on end.
/// </remarks>
sealed class ToneReceiver
{
    const int RateHz = 8000;
    const int BlockSamples = 102; // the nearest frequency of the same group falls near the first zero of this window
    const int BlocksToBeSure = 2, BlocksToBeOver = 2;
    const float LeastAmplitude = 0.025f * short.MaxValue; // -32 dB of full scale, each tone: Q.24 wants -25 dBm0 heard, which is 4 dB above
    const float LeastPower = LeastAmplitude * LeastAmplitude * BlockSamples * BlockSamples / 4;
    const float StrongerLow = 6.31f, StrongerHigh = 3.98f; // 8 and 6 dB: lines weaken high tones more than low ones
    const float StandsOut = 6.31f; // 8 dB above the rest of its group
    const float LeastShare = 0.75f; // of a block's energy, in both tones
    const string Keypad = "123A456B789C*0#D";

    static readonly Vector256<float> _coefficients = Vector256.Create([.. new[] { 697, 770, 852, 941, 1209, 1336, 1477, 1633 }
        .Select(hz => (float)(2 * Math.Cos(2 * Math.PI * hz / RateHz)))]);

    Vector256<float> _last, _beforeLast;
    float _energy;
    int _samples, _alike, _missing, _blocks;
    char _seen, _pressed;

    /// <summary>A key is down as far as was heard.</summary>
    public bool IsPressed => _pressed != default;

    /// <summary>
    /// Takes audio up to the end of a block, and says what that block told; what is left is for the next call. False: there was no whole block left.
    /// </summary>
    public bool Take(ref ReadOnlySpan<byte> payload, Codec codec, out DtmfStep step)
    {
        step = default;
        var count = Math.Min(payload.Length, BlockSamples - _samples);
        foreach (var code in payload[..count])
        {
            float sample = codec is Codec.Pcma ? G711.FromALaw(code) : G711.FromMuLaw(code);
            var next = _coefficients * _last - _beforeLast + Vector256.Create(sample);
            (_beforeLast, _last, _energy) = (_last, next, _energy + sample * sample);
        }

        payload = payload[count..];
        _samples += count;
        if (_samples < BlockSamples) return false;
        step = Judge(Key());
        (_last, _beforeLast, _energy, _samples) = (default, default, 0, 0);
        return true;
    }

    /// <summary>No more audio, or audio that is not the peer's own voice: a key that was down is up.</summary>
    public DtmfStep Interrupt()
    {
        (_last, _beforeLast, _energy, _samples, _alike, _seen) = (default, default, 0, 0, 0, default);
        return Release();
    }

    DtmfStep Judge(char key)
    {
        _alike = key != default && key == _seen ? _alike + 1 : 1;
        _seen = key;
        if (_pressed != default)
        {
            _blocks++;
            _missing = key == _pressed ? 0 : _missing + 1;
            return _missing == BlocksToBeOver ? Release() : default;
        }

        if (key == default || _alike < BlocksToBeSure) return default;
        (_pressed, _missing, _blocks) = (key, 0, _alike);
        return new(key, null, 0);
    }

    DtmfStep Release()
    {
        if (_pressed == default) return default;
        var step = new DtmfStep(null, _pressed, (uint)((_blocks - _missing) * BlockSamples));
        (_pressed, _missing) = (default, 0);
        return step;
    }

    /// <summary>Which key sounds in the block; none for anything else.</summary>
    char Key()
    {
        var powers = _last * _last + _beforeLast * _beforeLast - _coefficients * _last * _beforeLast;
        var (low, high) = (Strongest(powers.GetLower()), Strongest(powers.GetUpper()));
        if (low < 0 || high < 0) return default;
        var (lower, higher) = (powers[low], powers[4 + high]);
        if (lower > higher * StrongerLow || higher > lower * StrongerHigh) return default;
        return lower + higher >= LeastShare * _energy * BlockSamples / 2 ? Keypad[low * 4 + high] : default;
    }

    /// <summary>The frequency of a group that is loud and stands out, or -1.</summary>
    static int Strongest(Vector128<float> group)
    {
        var best = 0;
        for (var i = 1; i < 4; i++)
            if (group[i] > group[best]) best = i;
        if (group[best] < LeastPower) return -1;
        for (var i = 0; i < 4; i++)
            if (i != best && group[i] * StandsOut > group[best]) return -1;
        return best;
    }
}
