using TeleCube.Media.Codecs;
using TeleCube.Tests.Support;

namespace TeleCube.Media.Tests;

public sealed class G711Tests
{
    [Fact]
    public void Every_code_decodes_by_the_formula_and_encodes_back()
    {
        for (var code = 0; code < 256; code++)
        {
            Assert.Equal(Tones.FromALaw((byte)code), G711.FromALaw((byte)code));
            Assert.Equal(Tones.FromMuLaw((byte)code), G711.FromMuLaw((byte)code));
            Assert.Equal((byte)code, G711.ToALaw(G711.FromALaw((byte)code)));
            if (code != 0x7F) Assert.Equal((byte)code, G711.ToMuLaw(G711.FromMuLaw((byte)code))); // µ-law has two zeros
        }
    }

    [Fact]
    public void Every_sample_gets_one_of_the_two_nearest_codes()
    {
        for (var sample = (int)short.MinValue; sample <= short.MaxValue; sample++)
        {
            var step = Math.Max(16, Math.Abs(sample) / 16);
            Assert.InRange(G711.FromALaw(G711.ToALaw((short)sample)) - sample, -step, step);
            if (Math.Abs(sample) < 32_000) Assert.InRange(G711.FromMuLaw(G711.ToMuLaw((short)sample)) - sample, -step, step);
        }
    }

    [Fact]
    public void Conversion_between_the_laws_keeps_the_tone()
    {
        var codes = Tones.Sine(1000, 8000).Select(Tones.ToALaw).ToArray();
        G711.ALawToMuLawInPlace(codes);
        Assert.Equal(-10, Tones.LevelDb([.. codes.Select(Tones.FromMuLaw)], 1000), 0.3);
        G711.MuLawToALawInPlace(codes);
        Assert.Equal(-10, Tones.LevelDb([.. codes.Select(Tones.FromALaw)], 1000), 0.3);
    }

    [Fact]
    public void Vectors_give_what_the_tables_give_for_every_input_and_length()
    {
        var samples = Enumerable.Range(0, 65536 + 37).Select(i => (short)i).ToArray();
        var (expected, actual) = (new byte[samples.Length], new byte[samples.Length]);
        G711.EncodeALaw(samples, expected);
        G711Vector.EncodeALaw(samples, actual);
        Assert.Equal(expected, actual);

        for (var length = 0; length < 100; length++)
        {
            var codes = Enumerable.Range(0, 256 + length).Select(i => (byte)i).ToArray();
            var (decoded, vectored) = (new short[codes.Length], new short[codes.Length]);
            G711.DecodeALaw(codes, decoded);
            G711Vector.DecodeALaw(codes, vectored);
            Assert.Equal(decoded, vectored);
        }
    }
}
