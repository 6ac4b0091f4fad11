using System.Text.RegularExpressions;

namespace TeleCube.Media.Conversion;

/// <summary>
/// What FFmpeg says against a file, for the person who sent it: a sentence of ours, and of FFmpeg's at most the line that says what is wrong with the content.
/// </summary>
static partial class DecoderComplaint
{
    const int MostQuoted = 120;

    public static string Explain(AudioKind kind, string said, string path)
    {
        if (said.Contains("matches no streams", StringComparison.Ordinal)) return $"There is no sound in this {kind.Name} file. Send a recording that has some.";
        var quoted = Useful(said, path) is { Length: > 0 } line ? $" (ffmpeg: '{line}')" : "";
        return $"It begins like a {kind.Name} file but can't be decoded as one{quoted}: it is damaged or cut off. Save it again, best as WAV (PCM).";
    }

    /// <summary>The last line that a part of FFmpeg says of the content; the one after it only says that the file could not be opened.</summary>
    static string Useful(string said, string path)
    {
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var line = lines.LastOrDefault(one => Speaker().IsMatch(one)) ?? lines.LastOrDefault() ?? "";
        var plain = string.Concat(Speaker().Replace(line, "").Replace("file:" + path, "the file", StringComparison.Ordinal)
            .Replace(path, "the file", StringComparison.Ordinal).Where(letter => !char.IsControl(letter))).TrimEnd('.');
        return plain.Length > MostQuoted ? plain[..MostQuoted] + "…" : plain;
    }

    /// <summary>Which part of FFmpeg speaks, and where it lies in memory.</summary>
    [GeneratedRegex(@"^\[[^\]@]* @ 0x[0-9a-f]+\] ")]
    private static partial Regex Speaker();
}
