using TeleCube.Media.Conversion;
using TeleCube.Tests.Support;

namespace TeleCube.Media.Tests.Conversion;

/// <summary>Whatever comes in, what comes out is 8 kHz, mono, 16 bit, at one loudness, without a tone that was not there.</summary>
public sealed class AudioConverterTests
{
    [Theory]
    [InlineData("pcm", 8, false)]
    [InlineData("pcm", 12, false)]
    [InlineData("pcm", 16, false)]
    [InlineData("pcm", 20, false)]
    [InlineData("pcm", 24, false)]
    [InlineData("pcm", 32, false)]
    [InlineData("pcm", 24, true)]
    [InlineData("float", 32, false)]
    [InlineData("float", 64, false)]
    [InlineData("float", 32, true)]
    [InlineData("alaw", 8, false)]
    [InlineData("mulaw", 8, false)]
    public async Task Every_usual_encoding_is_read(string encoding, int bits, bool extensible)
    {
        foreach (var channels in new[] { 1, 2, 6 })
        {
            var samples = await Convert(new WavMaker { Encoding = encoding, Bits = bits, Extensible = extensible, Channels = channels }.Sine(1000));
            Assert.InRange(samples.Length, 7999, 8001);
            Assert.True(Tones.LevelDb(samples, 1000) > -20, $"{channels} channels: {Tones.LevelDb(samples, 1000)} dB");
            Assert.True(Rest(samples, 1000) < -25, $"{channels} channels: {Rest(samples, 1000)} dB of the tone are not the tone");
        }
    }

    [Theory]
    [InlineData(6000)]
    [InlineData(7350)]
    [InlineData(8000)]
    [InlineData(11_025)]
    [InlineData(12_000)]
    [InlineData(16_000)]
    [InlineData(22_050)]
    [InlineData(24_000)]
    [InlineData(32_000)]
    [InlineData(44_100)]
    [InlineData(47_999)]
    [InlineData(48_000)]
    [InlineData(88_200)]
    [InlineData(96_000)]
    [InlineData(176_400)]
    [InlineData(191_999)]
    [InlineData(192_000)]
    public async Task Every_rate_keeps_its_tone_clean_and_its_length(int rate)
    {
        var samples = await Convert(new WavMaker { RateHz = rate, Encoding = "float", Bits = 32 }.Sine(1000, 2));
        Assert.InRange(samples.Length, 15_999, 16_001);
        Assert.True(Rest(samples[800..^800], 1000) < -55, $"{Rest(samples[800..^800], 1000)} dB of the tone are not the tone");
    }

    [Theory]
    [InlineData(16_000, 5000)]
    [InlineData(44_100, 4500)]
    [InlineData(44_100, 5000)]
    [InlineData(44_100, 7000)]
    [InlineData(48_000, 9000)]
    [InlineData(47_999, 5000)]
    [InlineData(192_000, 15_000)]
    public async Task What_lies_above_the_telephone_band_vanishes(int rate, double hz)
    {
        // A quiet 600 Hz beside a loud tone that would come back mirrored at another place, were it not filtered out.
        var mixed = Enumerable.Range(0, rate).Select(i => 0.02 * Math.Sin(2 * Math.PI * 600 * i / rate) + 0.9 * Math.Sin(2 * Math.PI * hz * i / rate));
        var samples = (await Convert(new WavMaker { RateHz = rate, Encoding = "float", Bits = 32 }.File(mixed)))[800..^800];
        var mirrored = Math.Abs(hz - Math.Round(hz / 8000) * 8000);
        Assert.True(Tones.LevelDb(samples, 600) > -25);
        Assert.True(Tones.LevelDb(samples, mirrored) < Tones.LevelDb(samples, 600) - 40, "a mirrored tone is heard");
    }

    [Theory]
    [InlineData(300)]
    [InlineData(1000)]
    [InlineData(3300)]
    public async Task What_lies_in_the_band_stays_as_loud_as_it_was(double hz)
    {
        // Against a reference tone in the same file: levelling moves both alike.
        var mixed = Enumerable.Range(0, 88_200).Select(i => 0.1 * Math.Sin(2 * Math.PI * 800 * i / 44_100) + 0.1 * Math.Sin(2 * Math.PI * hz * i / 44_100));
        var samples = (await Convert(new WavMaker { Encoding = "float", Bits = 32 }.File(mixed)))[1600..^1600];
        Assert.Equal(Tones.LevelDb(samples, 800), Tones.LevelDb(samples, hz), 0.3);
    }

    [Fact]
    public async Task Both_sides_of_a_stereo_file_are_heard()
    {
        var maker = new WavMaker { Channels = 2 };
        var data = Enumerable.Range(0, 44_100).SelectMany(i => new[] { 700.0, 1900 }.SelectMany(hz => BitConverter.GetBytes((short)(8000 * Math.Sin(2 * Math.PI * hz * i / 44_100)))));
        var samples = await Convert(maker.WithData([.. data]));
        Assert.Equal([700, 1900], Tones.Heard(samples, 700, 1200, 1900));
    }

    [Theory]
    [InlineData(-45)]
    [InlineData(-30)]
    [InlineData(-3)]
    public async Task Quiet_and_loud_files_come_out_alike(double levelDb)
    {
        using var to = new MemoryStream();
        var result = await new AudioConverter(new(), null).Convert(new MemoryStream(new WavMaker().Sine(1000, 3, levelDb)), to);
        Assert.Equal(-3.01 + levelDb, result.Audio!.LoudnessLufs, 0.3); // BS.1770: a sine of full scale at 997 Hz on one channel is -3.01 LUFS
        Assert.Equal(Levelling.TargetLufs, Loudness.Measure(Floats(to), 8000)!.Value, 0.3);
    }

    [Fact]
    public async Task Noise_is_not_raised_without_end()
    {
        using var to = new MemoryStream();
        var result = await new AudioConverter(new(), null).Convert(new MemoryStream(new WavMaker { Encoding = "float", Bits = 32 }.Sine(1000, 1, -60)), to);
        Assert.Equal(Levelling.MostGainDb, result.Audio!.GainDb);
    }

    [Fact]
    public async Task The_shortest_that_is_taken_is_a_tenth_of_a_second() =>
        Assert.Equal(800, (await Convert(new WavMaker { RateHz = 8000 }.Sine(1000, 0.1))).Length);

    [Fact]
    public async Task A_pause_before_the_words_is_no_silent_file() =>
        Assert.InRange((await Convert(new WavMaker { RateHz = 8000 }.File(Enumerable.Range(0, 40_000).Select(i => i < 38_000 ? 0 : 0.1 * Math.Sin(i))))).Length, 39_999, 40_001);

    [Fact]
    public async Task A_loud_moment_in_a_quiet_file_is_turned_down_and_not_clipped()
    {
        // Speech with one shout of 20 ms: levelled by the speech, the shout would be beyond full scale.
        var samples = Enumerable.Range(0, 32_000).Select(i => (i is >= 16_000 and < 16_160 ? 0.9 : 0.1) * Math.Sin(2 * Math.PI * 1000 * i / 8000));
        using var to = new MemoryStream();
        var result = await new AudioConverter(new(), null).Convert(new MemoryStream(new WavMaker { RateHz = 8000 }.File(samples)), to);
        var levelled = Wav.Read(to.ToArray())[0];
        Assert.InRange(result.Audio!.GainDb, 0.5, 6);
        var peak = levelled.Max(sample => Math.Abs((int)sample));
        Assert.InRange(peak, 20_000, (int)(short.MaxValue * Math.Pow(10, Levelling.CeilingDb / 20)) + 1);
        Assert.True(Rest(levelled[16_040..16_120], 1000) < -25, "the shout is distorted");
    }

    [Fact]
    public async Task A_file_has_the_form_that_players_take()
    {
        using var to = new MemoryStream();
        await new AudioConverter(new(), null).Convert(new MemoryStream(new WavMaker { Channels = 2 }.Sine(1000)), to);
        Assert.Equal(8000, TeleCube.Media.Players.WavReader.Read("a.wav", to.ToArray(), out var fault)?.Length);
        Assert.Equal("empty-file", fault); // what is left of the last check
    }

    /// <summary>What is left when the tone is taken away, in dB of the tone.</summary>
    static double Rest(short[] samples, double hz)
    {
        // Project on sine and cosine of the tone; the rest is noise, mirrors and distortion.
        double sin = 0, cos = 0, power = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var angle = 2 * Math.PI * hz * i / 8000;
            (sin, cos, power) = (sin + samples[i] * Math.Sin(angle), cos + samples[i] * Math.Cos(angle), power + (double)samples[i] * samples[i]);
        }
        var tone = 2 * (sin * sin + cos * cos) / samples.Length;
        return 10 * Math.Log10(Math.Max(power - tone, 1e-9) / tone);
    }

    static float[] Floats(MemoryStream wav) => [.. Wav.Read(wav.ToArray())[0].Select(sample => sample / 32768f)];

    static async Task<short[]> Convert(byte[] file)
    {
        using var to = new MemoryStream();
        using var converter = new AudioConverter(new(), null);
        var result = await converter.Convert(new MemoryStream(file), to);
        Assert.True(result.Fault is null, result.Fault?.Text);
        return Wav.Read(to.ToArray())[0];
    }
}
