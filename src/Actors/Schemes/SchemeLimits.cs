namespace TeleCube.Actors.Schemes;

/// <summary>
/// Bounds of what one tenant keeps in memory and in its snapshot: at an ordinary 300 bytes an element, 50 schemes of 4,000 kept elements are 60 MB.
/// </summary>
static class SchemeLimits
{
    public const int Schemes = 50;

    public const int Elements = 200;

    /// <summary>Of all kept versions of a scheme together: 20 versions of the largest, hundreds of a usual one. Beyond it the oldest go.</summary>
    public const int KeptElements = 4000;

    public const int Switches = 50;
}
