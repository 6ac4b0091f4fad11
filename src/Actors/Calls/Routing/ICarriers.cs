using TeleCube.Actors.Trunks;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Routing;

/// <summary>The trunks as a call needs them.</summary>
public interface ICarriers
{
    /// <summary>The trunk and the way to it, or null where it is gone or its name does not resolve.</summary>
    Carrier? Find(string trunkId);
}

/// <summary>A trunk and the resolved way to it.</summary>
public sealed record Carrier(TrunkConfig Config, SipTarget Target);
