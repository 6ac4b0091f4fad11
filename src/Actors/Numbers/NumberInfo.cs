namespace TeleCube.Actors.Numbers;

/// <summary>
/// What the numbering plan knows of a number. <paramref name="Destination"/> is the name shown and billed (<c>Polska Komórka - T-Mobile</c>),
/// <paramref name="Zone"/> the place shown (<c>Polska > Koszalin</c>); <paramref name="Operator"/> is the holder of the range, not of a ported number.
/// </summary>
public sealed record NumberInfo(NumberClass Class, string Country, string Destination, string Zone = "", string? Operator = null)
{
    /// <summary>Only Polish mobiles take the SMS with the caller's number (PRODUCT §2).</summary>
    public bool TakesSms => Class == NumberClass.Mobile;
}
