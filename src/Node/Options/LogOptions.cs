namespace TeleCube.Node.Options;

/// <summary><c>telecube.log</c>: what is written to standard error.</summary>
public sealed record LogOptions
{
    public required LogFormat Format { get; init; }

    public required LogLevel Level { get; init; }

    public required IReadOnlyList<LogCategoryOptions> Categories { get; init; }
}

/// <summary>How a log line looks.</summary>
public enum LogFormat
{
    Json,
    Text,
}

/// <summary>A level for one part of the program.</summary>
public sealed record LogCategoryOptions
{
    public required string Category { get; init; }

    public required LogLevel Level { get; init; }
}
