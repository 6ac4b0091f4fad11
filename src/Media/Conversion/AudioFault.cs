namespace TeleCube.Media.Conversion;

/// <summary>Why a file can't be taken: a kebab-case code for programs, and a sentence for the person who sent it.</summary>
public sealed record AudioFault(string Code, string Text)
{
    public const string TooLarge = "too-large", TooLong = "too-long", Truncated = "truncated", BadHeader = "bad-header", Empty = "empty",
        TooShort = "too-short", Silent = "silent", NotNumbers = "not-numbers",
        UnsupportedEncoding = "unsupported-encoding", NotAudio = "not-audio", NeedsDecoder = "needs-decoder", DecoderFailed = "decoder-failed";
}
