using System.Net;

namespace TeleCube.Actors.Registrations;

/// <summary>When a source is shut out, and for how long.</summary>
public sealed record BanOptions
{
    /// <summary>So many failures of one source within <see cref="Window"/> ban it.</summary>
    public int MaxFailures { get; init; } = 10;

    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan BanFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// A source where a password was right so lately is an office, in which one wrong phone must not silence
    /// the others (nor their emergency calls): only that user is refused there.
    /// </summary>
    public TimeSpan TrustedFor { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Never banned.</summary>
    public IReadOnlyList<IPNetwork> Whitelist { get; init; } = [];

    /// <summary>Sources and users remembered at once; beyond it those that are over are forgotten, then the oldest.</summary>
    public int MaxTracked { get; init; } = 100_000;
}
