namespace TeleCube.Media.Conversion;

/// <summary>
/// A format that a file is in, told by its first bytes and never by its name; <paramref name="Demuxer"/> is what FFmpeg calls it. Lists of other files
/// (HLS, concat and their like) are no kind of ours, so an upload can make the decoder read nothing but itself.
/// </summary>
sealed record AudioKind(string Name, string Demuxer)
{
    public const int BytesNeeded = 16;

    public static readonly AudioKind Wav = new("WAV", "wav");

    public static AudioKind? Of(ReadOnlySpan<byte> begin) => begin switch
    {
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F' or (byte)'X', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E', ..] => Wav,
        [(byte)'R' or (byte)'B', (byte)'F' or (byte)'W', (byte)'6', (byte)'4', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E', ..] => Wav,
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => new("OGG", "ogg"),
        [(byte)'f', (byte)'L', (byte)'a', (byte)'C', ..] => new("FLAC", "flac"),
        [(byte)'I', (byte)'D', (byte)'3', ..] => new("MP3", "mp3"),
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => new("M4A", "mov"),
        [(byte)'F', (byte)'O', (byte)'R', (byte)'M', _, _, _, _, (byte)'A', (byte)'I', (byte)'F', (byte)'F' or (byte)'C', ..] => new("AIFF", "aiff"),
        [(byte)'.', (byte)'s', (byte)'n', (byte)'d', ..] => new("AU", "au"),
        [(byte)'#', (byte)'!', (byte)'A', (byte)'M', (byte)'R', ..] => new("AMR", "amr"),
        [0x1A, 0x45, 0xDF, 0xA3, ..] => new("WebM", "matroska"),
        [0x30, 0x26, 0xB2, 0x75, ..] => new("WMA", "asf"),
        [0xFF, 0xF0 or 0xF1 or 0xF8 or 0xF9, ..] => new("AAC", "aac"), // ADTS: the layer is always 0
        [0xFF, var second, ..] when (second & 0xE0) == 0xE0 && (second & 0x06) != 0 => new("MP3", "mp3"),
        _ => null,
    };
}
