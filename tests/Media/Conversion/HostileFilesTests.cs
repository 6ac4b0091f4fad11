using System.Buffers.Binary;
using TeleCube.Media.Conversion;

namespace TeleCube.Media.Tests.Conversion;

/// <summary>Broken and hostile uploads: a clear reason, never an exception, and never memory by a number in a header.</summary>
public sealed class HostileFilesTests
{
    static readonly byte[] _good = new WavMaker().Sine(1000);

    /// <summary>Where the chunks of <see cref="_good"/> lie.</summary>
    static readonly int _format = _good.AsSpan().IndexOf("fmt "u8) + 8, _data = _good.AsSpan().IndexOf("data"u8) + 8;

    public static TheoryData<string, Func<byte[]>> Bad => new()
    {
        { "empty", () => [] },
        { "not-audio", () => "<html>This is no audio</html>"u8.ToArray() },
        { "not-audio", () => "#EXTM3U\nfile:///etc/passwd"u8.ToArray() },
        { "not-audio", () => "ffconcat version 1.0\nfile /etc/passwd"u8.ToArray() },
        { "not-audio", () => "RIFF"u8.ToArray() },
        { "not-audio", () => [.. _good[..8], .. "AVI "u8, .. _good[12..]] },
        { "truncated", () => _good[..12] },
        { "truncated", () => _good[..(_format + 4)] },
        { "truncated", () => _good[..^1000] },
        { "truncated", () => _good[..(_data + 1)] },
        { "truncated", () => With(_data - 4, uint.MaxValue) }, // the 4 GB header
        { "truncated", () => With(_data - 4, (uint)(_good.Length - _data + 1)) },
        { "truncated", () => With(16, uint.MaxValue) }, // the chunk in front of the format
        { "truncated", () => With(_format - 4, 0x7FFF_FFF0) },
        { "bad-header", () => With(_format - 4, 4) },
        { "bad-header", () => [.. _good[..12], .. _good[(_data - 8)..]] }, // audio and no format
        { "bad-header", () => With(_format + 2, 0x0000_0000, 2) }, // no channel
        { "bad-header", () => With(_format + 2, 0xFFFF, 2) },
        { "bad-header", () => With(_format + 4, 0) },
        { "bad-header", () => With(_format + 4, uint.MaxValue) },
        { "bad-header", () => With(_format + 4, 5999) },
        { "bad-header", () => With(_format + 12, 0, 2) },
        { "bad-header", () => With(_format + 12, 3, 2) },
        { "needs-decoder", () => With(_format, 2, 2) }, // ADPCM
        { "needs-decoder", () => With(_format + 14, 0, 2) },
        { "needs-decoder", () => With(_format + 14, 64, 2) },
        { "needs-decoder", () => [.. "RIFX"u8, .. _good[4..]] },
        { "needs-decoder", () => [.. "ID3"u8, .. new byte[100]] },
        { "needs-decoder", () => [.. "OggS"u8, .. new byte[100]] },
        { "needs-decoder", () => [.. "fLaC"u8, .. new byte[100]] },
        { "bad-header", () => With(_format, 0xFFFE, 2) }, // extended, but the chunk is short
        { "empty", () => new WavMaker().WithData([]) },
        { "empty", () => new WavMaker { Channels = 2 }.WithData(new byte[3]) },
        { "too-long", () => new WavMaker { RateHz = 6000, Encoding = "mulaw", Bits = 8 }.WithData(new byte[6000 * 61]) },
        { "too-short", () => new WavMaker().WithData(new byte[2]) }, // one sample
        { "too-short", () => new WavMaker { RateHz = 8000 }.Sine(1000, 0.099) },
        { "silent", () => new WavMaker().WithData(new byte[88_200]) },
        { "silent", () => new WavMaker { Encoding = "mulaw", Bits = 8, RateHz = 8000 }.WithData([.. Enumerable.Repeat((byte)0xFF, 8000)]) },
        { "silent", () => new WavMaker().File(Enumerable.Range(0, 44_100).Select(i => i % 2 / 32768.0)) }, // the last bit's noise
        { "not-numbers", () => new WavMaker { Encoding = "float", Bits = 32 }.File(Enumerable.Repeat(double.NaN, 44_100)) },
        { "not-numbers", () => new WavMaker { Encoding = "float", Bits = 64 }.File(Enumerable.Repeat(double.PositiveInfinity, 44_100)) },
        { "not-numbers", () => new WavMaker { Encoding = "float", Bits = 32, RateHz = 8000 }.File(Enumerable.Range(0, 16_000).Select(i => i % 50 == 0 ? double.NaN : 0.1 * Math.Sin(i))) },
        { "not-numbers", () => new WavMaker { Encoding = "float", Bits = 32, RateHz = 8000 }.File([double.NaN]) },
        { "too-large", () => new byte[(1 << 20) + 1] },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public async Task A_bad_file_is_refused_with_its_reason(string code, Func<byte[]> file)
    {
        using var to = new MemoryStream();
        using var converter = new AudioConverter(new() { MaxBytes = 1 << 20, MaxLength = TimeSpan.FromMinutes(1) }, null);
        var fault = (await converter.Convert(new MemoryStream(file()), to)).Fault;
        Assert.NotNull(fault);
        Assert.Equal(code, fault.Code);
        Assert.EndsWith(".", fault.Text, StringComparison.Ordinal);
        Assert.Equal(0, to.Length);
    }

    [Fact]
    public async Task Every_beginning_of_a_file_is_refused_and_none_throws()
    {
        using var converter = new AudioConverter(new(), null);
        for (var length = 0; length < _data + 16; length++)
            Assert.NotNull((await converter.Convert(new MemoryStream(_good[..length]), new MemoryStream())).Fault);
    }

    [Fact]
    public async Task What_a_large_file_promises_is_taken_when_it_is_there()
    {
        // RF64 (EBU Tech 3306): the sizes stand in a chunk of their own.
        byte[] sizes = [.. "ds64"u8, .. BitConverter.GetBytes(28), .. new byte[8], .. BitConverter.GetBytes((long)(_good.Length - _data)), .. new byte[12]];
        byte[] large = [.. "RF64"u8, 255, 255, 255, 255, .. "WAVE"u8, .. sizes, .. _good[12..(_data - 4)], 255, 255, 255, 255, .. _good[_data..]];
        using var converter = new AudioConverter(new(), null);
        Assert.Equal(1, (await converter.Convert(new MemoryStream(large), new MemoryStream())).Audio!.Length.TotalSeconds, 0.001);
        BinaryPrimitives.WriteInt64LittleEndian(large.AsSpan(28), long.MaxValue);
        Assert.Equal("truncated", (await converter.Convert(new MemoryStream(large), new MemoryStream())).Fault!.Code);
    }

    [Fact]
    public async Task A_few_floats_that_are_no_numbers_are_silence()
    {
        var samples = Enumerable.Range(0, 44_100).Select(i => i % 500 == 0 ? double.NaN : i % 500 == 250 ? 1e30 : 0.1 * Math.Sin(i * 0.1));
        using var converter = new AudioConverter(new(), null);
        Assert.Null((await converter.Convert(new MemoryStream(new WavMaker { Encoding = "float", Bits = 32 }.File(samples)), new MemoryStream())).Fault);
    }

    static byte[] With(int place, uint value, int bytes = 4)
    {
        var file = (byte[])_good.Clone();
        BitConverter.GetBytes(value).AsSpan(0, bytes).CopyTo(file.AsSpan(place));
        return file;
    }
}
