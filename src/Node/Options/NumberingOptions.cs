namespace TeleCube.Node.Options;

/// <summary><c>telecube.numbering</c>: the data file that says what a number is.</summary>
public sealed record NumberingOptions
{
    public required string? Plan { get; init; }
}
