namespace TeleCube.Actors.Trunks;

/// <summary>How a trunk is doing, as its actor last published it.</summary>
public sealed record TrunkStatus(TrunkId Id, TrunkHealth Health, int ChannelsInUse, DateTimeOffset Since, string? Reason = null);

public enum TrunkHealth
{
    /// <summary>Not asked yet: tried after those that are known to be up.</summary>
    Unknown,
    Up,
    Down,
}
