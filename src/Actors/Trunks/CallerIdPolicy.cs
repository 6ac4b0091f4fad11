namespace TeleCube.Actors.Trunks;

/// <summary>Which header of a trunk carries the identity that may be believed or is asserted, and what may be shown through it.</summary>
public sealed record CallerIdPolicy
{
    public IdentityHeader Asserted { get; init; } = IdentityHeader.PAssertedIdentity;

    /// <summary>May a number that is not ours go out, on a forwarded call? Off by default: Polish anti-spoofing law (PRODUCT §2).</summary>
    public bool AllowsForeign { get; init; }

    public PrivacyStyle Privacy { get; init; } = PrivacyStyle.PrivacyHeader;
}

/// <summary>Where the identity stands.</summary>
public enum IdentityHeader
{
    /// <summary>RFC 3325.</summary>
    PAssertedIdentity,

    /// <summary>The old Remote-Party-ID draft that carriers still use.</summary>
    RemotePartyId,

    From,
}

/// <summary>How a withheld number is told to a carrier.</summary>
public enum PrivacyStyle
{
    /// <summary>Anonymous From, <c>Privacy: id</c>, and the asserted identity for the carrier alone (RFC 3323, RFC 3325).</summary>
    PrivacyHeader,

    /// <summary>Anonymous From and nothing else.</summary>
    AnonymousFrom,
}
