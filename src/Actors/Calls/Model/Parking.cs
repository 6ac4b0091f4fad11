namespace TeleCube.Actors.Calls.Model;

/// <summary>A party that waits in a parking place until somebody takes it up (PRODUCT §11, <c>*5</c>).</summary>
/// <param name="Slot">The digits of the place.</param>
/// <param name="Leg">Who is parked.</param>
/// <param name="Since">Since when it waits: since it was parked, or since whoever parked it was last rung back in vain.</param>
public sealed record Parking(string Slot, int Leg, DateTimeOffset Since)
{
    /// <summary>The extension that parked it, and is rung back.</summary>
    public string? Extension { get; init; }

    /// <summary>The external number that parked it and is rung back, by its id.</summary>
    public string? ByExternal { get; init; }

    /// <summary>How often whoever parked it was rung back in vain.</summary>
    public int RingBacks { get; init; }

    /// <summary>The leg that is being told the place, and then let go.</summary>
    public int? Tells { get; init; }

    /// <summary>The transfer that asked for it, until its phone was told of the outcome.</summary>
    public Transfer? Asked { get; init; }
}
