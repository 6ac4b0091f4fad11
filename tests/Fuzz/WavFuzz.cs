using TeleCube.Media.Conversion;

namespace TeleCube.Fuzz.Tests;

public sealed class WavFuzz
{
    static readonly AudioConverter _converter = new(new ConversionLimits { MaxLength = TimeSpan.FromSeconds(2) }, null);

    [Fact]
    public void An_upload_is_converted_or_refused_with_a_reason() => Fuzzer.Run(Corpus.Files("wav"), Check, Fuzzer.Budget);

    static int Check(byte[] input)
    {
        using var to = new MemoryStream();
        var result = _converter.Convert(new MemoryStream(input, writable: false), to).GetAwaiter().GetResult();
        Assert.NotEqual(result.Audio is null, result.Fault is null);
        if (result.Fault is { } fault)
        {
            Assert.EndsWith(".", fault.Text, StringComparison.Ordinal);
            Assert.Equal(0, to.Length);
            return HashCode.Combine(fault.Code, fault.Text.Length);
        }
        Assert.Equal(58 + 16_000 * result.Audio!.Length.TotalSeconds, to.Length, 0.5);
        Assert.InRange(to.Length, 58 + 1600, 58 + 2 * 16_000 + 2);
        return HashCode.Combine(to.Length / 1000, result.Audio.LoudnessLufs > -40, result.Audio.GainDb > 0);
    }
}
