namespace TeleCube.Node.Options;

/// <summary><c>telecube.limits</c>: from where on new calls are refused with 503, early and cheaply.</summary>
public sealed record LimitsOptions
{
    public required int MaxCalls { get; init; }

    public required int CallsPerSecond { get; init; }

    public required int MaxUnanswered { get; init; }

    public required TimeSpan MaxQueueing { get; init; }

    public required TimeSpan RetryAfter { get; init; }
}
