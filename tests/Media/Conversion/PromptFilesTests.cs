using TeleCube.Media.Codecs;
using TeleCube.Media.Conversion;
using TeleCube.Media.Players;
using TeleCube.Tests.Support;

namespace TeleCube.Media.Tests.Conversion;

/// <summary>The prompts that come with TeleCube: all can be played, and none makes a caller jump.</summary>
public sealed class PromptFilesTests
{
    static readonly string[] _files = [.. new[] { "pl", "en" }.SelectMany(language => Directory.EnumerateFiles(Path.Combine(Repository.Folder, "prompts", language)))];

    [Fact]
    public void All_are_as_loud_as_an_uploaded_announcement()
    {
        Assert.All(_files, file =>
        {
            var clip = WavReader.Read(file, File.ReadAllBytes(file), out var fault);
            Assert.True(clip is not null, $"{file}: {fault}");
            var loudness = Loudness.Measure([.. clip.ALaw.Select(code => G711.FromALaw(code) / 32768f)], 8000);
            Assert.True(loudness is > Levelling.TargetLufs - 4 and < Levelling.TargetLufs + 4, $"{file}: {loudness} LUFS");
        });
    }

    [Fact]
    public void All_together_are_small() => Assert.InRange(_files.Sum(file => new FileInfo(file).Length), 1 << 20, 6 << 20);
}
