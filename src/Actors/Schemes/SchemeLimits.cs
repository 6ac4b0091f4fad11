namespace TeleCube.Actors.Schemes;

/// <summary>
/// Bounds of what one tenant keeps in memory and in its snapshot: at an ordinary 300 bytes an element, 50 schemes of 4,000 kept elements are 60 MB.
/// </summary>
static class SchemeLimits
{
    public const int Schemes = 50;

    public const int Elements = 200;

    /// <summary>Of all versions of a scheme together that are kept at hand: 20 versions of the largest,
    /// hundreds of a usual one. Beyond it the oldest go to the archive.</summary>
    public const int KeptElements = 4000;

    /// <summary>Whoever saves again and again may have so many elements at hand, for none goes to the archive while a call may go by it.</summary>
    public const int ElementsInUse = 20_000;

    /// <summary>Versions in the archive of one scheme: one saved each day for nearly three years.</summary>
    public const int Archived = 1000;

    public const int Switches = 50;

    /// <summary>Longer than any call lasts (<c>telecube.call.max-duration</c>).</summary>
    public static readonly TimeSpan MayBeInUse = TimeSpan.FromHours(25);
}
