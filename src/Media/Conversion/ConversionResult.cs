namespace TeleCube.Media.Conversion;

/// <summary>What became of a file: audio, or the fault for which it was refused.</summary>
public sealed record ConversionResult
{
    ConversionResult() { }

    public ConvertedAudio? Audio { get; private init; }

    public AudioFault? Fault { get; private init; }

    public static ConversionResult Of(ConvertedAudio audio) => new() { Audio = audio };

    public static ConversionResult Refused(AudioFault fault) => new() { Fault = fault };
}

/// <summary>How long it is, how loud it was, and what was added to it.</summary>
public sealed record ConvertedAudio(TimeSpan Length, double LoudnessLufs, double GainDb);
