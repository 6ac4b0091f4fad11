using System.Collections.Immutable;
using System.Net;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Trunks;

/// <summary>How a trunk is doing, as its actor last published it.</summary>
public sealed record TrunkStatus(TrunkId Id, TrunkHealth Health, int ChannelsInUse, DateTimeOffset Since, string? Reason = null)
{
    /// <summary>Down only by its silence or refusal, which may be over: it is tried when no other trunk is left.</summary>
    public bool Suspected { get; init; }

    /// <summary>The way to the carrier; null while its name does not resolve.</summary>
    public SipTarget? Target { get; init; }

    /// <summary>The addresses of its host, by which its calls are known if it names no sources.</summary>
    public ImmutableArray<IPAddress> Addresses { get; init; } = [];

    /// <summary>When the registration at the carrier ends; null if there is none.</summary>
    public DateTimeOffset? RegisteredUntil { get; init; }
}

/// <summary>Whether a carrier answers, as far as the trunk knows.</summary>
public enum TrunkHealth
{
    /// <summary>Not asked yet: tried after those that are known to be up.</summary>
    Unknown,
    Up,
    Down,
}
