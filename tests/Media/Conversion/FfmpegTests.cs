using System.Diagnostics;
using TeleCube.Media.Conversion;
using TeleCube.Tests.Support;

namespace TeleCube.Media.Tests.Conversion;

/// <summary>What is not plain WAV goes through FFmpeg, which is held on a short lead.</summary>
public sealed class FfmpegTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("tone.mp3")]
    [InlineData("tone.ogg")]
    [InlineData("tone.flac")]
    [InlineData("tone.m4a")]
    [InlineData("tone.aac")]
    [InlineData("tone.aiff")]
    [InlineData("tone.webm")]
    [InlineData("tone.wma")]
    [InlineData("tone.wav", "-c:a", "adpcm_ima_wav")]
    public async Task Other_formats_are_heard_too(string name, params string[] how)
    {
        var plain = _folder["plain.wav"];
        await File.WriteAllBytesAsync(plain, new WavMaker { Channels = 2 }.Sine(1000, 3));
        using (var ffmpeg = Process.Start("ffmpeg", ["-nostdin", "-loglevel", "error", "-i", plain, .. how, _folder[name]])) await ffmpeg.WaitForExitAsync();
        var (result, samples) = await Convert(await File.ReadAllBytesAsync(_folder[name]), "ffmpeg");
        Assert.True(result.Fault is null, result.Fault?.Text);
        Assert.Equal(3, result.Audio!.Length.TotalSeconds, 0.2);
        Assert.True(Tones.LevelDb(samples.AsSpan(4000, 16_000), 1000) > -20);
    }

    [Fact]
    public async Task What_it_cannot_decode_is_said()
    {
        var (result, _) = await Convert([.. "OggS"u8, .. new byte[2000]], "ffmpeg");
        Assert.Equal("decoder-failed", result.Fault!.Code);
        Assert.Contains("OGG", result.Fault.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath(), result.Fault.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("@ 0x", result.Fault.Text, StringComparison.Ordinal);
        Assert.Contains("Save it again", result.Fault.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[mov,mp4 @ 0x564b2dafba80] moov atom not found\nfile:/tmp/x: Invalid data found when processing input\n",
        "It begins like a M4A file but can't be decoded as one (ffmpeg: 'moov atom not found'): it is damaged or cut off. Save it again, best as WAV (PCM).")]
    [InlineData("file:/tmp/x: End of file\n",
        "It begins like a M4A file but can't be decoded as one (ffmpeg: 'the file: End of file'): it is damaged or cut off. Save it again, best as WAV (PCM).")]
    [InlineData("Stream map '0:a:0' matches no streams.\nTo ignore this, add a trailing '?' to the map.\n",
        "There is no sound in this M4A file. Send a recording that has some.")]
    [InlineData("", "It begins like a M4A file but can't be decoded as one: it is damaged or cut off. Save it again, best as WAV (PCM).")]
    public void Of_what_it_says_at_most_the_useful_line_is_quoted(string said, string told) =>
        Assert.Equal(told, DecoderComplaint.Explain(new AudioKind("M4A", "mov"), said, "/tmp/x"));

    [Fact]
    public async Task A_decoder_that_hangs_is_killed()
    {
        var (result, _) = await Convert(_ogg, Script("exec /bin/sleep 3600"), new() { DecodeWithin = TimeSpan.FromMilliseconds(100) });
        Assert.Equal("decoder-failed", result.Fault!.Code);
    }

    [Fact]
    public async Task One_that_never_ends_is_stopped_at_the_longest_that_is_taken()
    {
        var (result, _) = await Convert(_ogg, Script("exec /bin/cat /dev/zero"), new() { MaxLength = TimeSpan.FromSeconds(5), DecodeWithin = TimeSpan.FromHours(1) });
        Assert.Equal("too-long", result.Fault!.Code);
    }

    [Fact]
    public async Task It_knows_none_of_our_secrets_and_gets_only_the_file_to_read()
    {
        await Convert(_ogg, Script($"/usr/bin/env > {_folder["env"]}; echo \"$@\" > {_folder["args"]}"));
        var known = (await File.ReadAllLinesAsync(_folder["env"])).Select(line => line.Split('=')[0]);
        Assert.Empty(known.Except(["PWD", "OLDPWD", "SHLVL", "_"])); // what a shell sets itself
        var arguments = await File.ReadAllTextAsync(_folder["args"]);
        Assert.Contains("-protocol_whitelist file -f ogg -i file:", arguments, StringComparison.Ordinal);
        Assert.False(File.Exists(arguments.Split("-i file:")[1].Split(' ')[0]), "the upload's copy is left behind");
    }

    [Fact]
    public async Task It_ends_when_what_takes_its_output_fails()
    {
        var decoder = new Ffmpeg(Script($"echo $$ > {_folder["pid"]}; exec /bin/cat /dev/zero"), new() { DecodeWithin = TimeSpan.FromHours(1) });
        await Assert.ThrowsAsync<InvalidCastException>(() => decoder.Decode(AudioKind.Of(_ogg)!, new MemoryStream(_ogg), Fails, default));
        var child = int.Parse(await File.ReadAllTextAsync(_folder["pid"]), System.Globalization.CultureInfo.InvariantCulture);
        Assert.False(Directory.Exists($"/proc/{child}"), "it still runs");

        static AudioFault? Fails(Stream raw)
        {
            raw.ReadExactly(new byte[1000]);
            throw new InvalidCastException("as a defect would");
        }
    }

    [Fact]
    public async Task It_gets_only_so_much_memory()
    {
        await Convert(_ogg, Script($"ulimit -v > {_folder["bound"]}"));
        Assert.Equal("1048576", (await File.ReadAllTextAsync(_folder["bound"])).Trim()); // KiB
    }

    [Fact]
    public async Task Without_it_the_answer_says_what_to_do()
    {
        var (result, _) = await Convert(_ogg, "no-such-program");
        Assert.Equal("needs-decoder", result.Fault!.Code);
        Assert.Contains("ffmpeg", result.Fault.Text, StringComparison.Ordinal);
    }

    static readonly byte[] _ogg = [.. "OggS"u8, .. new byte[100]];

    string Script(string body)
    {
        var path = _folder.Write("decoder", "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }

    static async Task<(ConversionResult Result, short[] Samples)> Convert(byte[] file, string decoder, ConversionLimits? limits = null)
    {
        using var to = new MemoryStream();
        using var converter = new AudioConverter(limits ?? new ConversionLimits { DecodeWithin = TimeSpan.FromMinutes(5) }, decoder);
        var result = await converter.Convert(new MemoryStream(file), to);
        return (result, result.Fault is null ? Wav.Read(to.ToArray())[0] : []);
    }
}
