namespace TeleCube.Actors.Trunks;

/// <summary>What a call says to a trunk's actor, and what it hears back.</summary>
public abstract record TrunkMessage
{
    TrunkMessage() { }

    /// <summary>Asks for a channel for one leg; <paramref name="Emergency"/> is granted even beyond the limit. Repeating it for a leg is harmless.</summary>
    public sealed record SeizeChannel(string Leg, bool Emergency = false) : TrunkMessage;

    public sealed record ChannelGranted(TrunkId Trunk, string Leg) : TrunkMessage;

    /// <summary><paramref name="Code"/>: <c>trunk-full</c>, <c>trunk-disabled</c>.</summary>
    public sealed record ChannelRefused(TrunkId Trunk, string Leg, string Code) : TrunkMessage;

    public sealed record ReleaseChannel(string Leg) : TrunkMessage;

    /// <summary>The operator changed the trunk, or made it.</summary>
    public sealed record Configure(TrunkConfig Config) : TrunkMessage;

    /// <summary>The operator deleted it: unregister and stop.</summary>
    public sealed record Remove : TrunkMessage;

    /// <summary>Answered with a <see cref="TrunkStatus"/>.</summary>
    public sealed record GetStatus : TrunkMessage;
}
