namespace TeleCube.Media.Conversion;

/// <summary>What an upload may cost at most; beyond it the file is refused with the number that it broke.</summary>
public sealed record ConversionLimits
{
    public long MaxBytes { get; init; } = 20 << 20;

    public TimeSpan MaxLength { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What is shorter is no announcement but an accident: a click, or a recording that was stopped as it began.</summary>
    public TimeSpan MinLength { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a foreign format may take to be decoded.</summary>
    public TimeSpan DecodeWithin { get; init; } = TimeSpan.FromSeconds(30);

    internal const int MaxChannels = 16, MinRateHz = 6_000, MaxRateHz = 192_000;
}
