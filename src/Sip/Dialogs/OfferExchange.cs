using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Dialogs;

/// <summary>
/// Glare: what becomes of an offer of the peer, or of ours, while another one is open (RFC 3261 §14, RFC 3311 §5, RFC 6337).
/// </summary>
public static class OfferExchange
{
    /// <summary>
    /// Why the peer may not offer now: 491 when ours is open, 500 when its own is; null when it may (RFC 3261 §14.2, RFC 3311 §5.2).
    /// </summary>
    public static SipRefusal? RefusalOfTheirs(OfferState state) => state switch
    {
        OfferState.Ours => new SipRefusal(491, "Request Pending"),
        OfferState.Theirs => new SipRefusal(500, "Earlier Offer Not Answered"),
        _ => null,
    };

    /// <summary>
    /// How long to wait after a 491 before trying again: the owner of the Call-ID 2.1 to 4 s, the other 0 to 2 s (RFC 3261 §14.1).
    /// </summary>
    public static TimeSpan RetryAfterGlare(bool weOwnCallId, byte dice) =>
        TimeSpan.FromMilliseconds(10 * (weOwnCallId ? 210 + dice * 190 / 255 : dice * 200 / 255));

    /// <summary>How long the peer shall wait after our 500: 0 to 10 s (RFC 3261 §14.2).</summary>
    public static TimeSpan RetryAfterRefusal(byte dice) => TimeSpan.FromSeconds(dice * 10 / 255);
}
