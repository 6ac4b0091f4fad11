using System.Text.Json.Serialization;
using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Dialogs;

/// <summary>
/// Who has an offer open in a dialog (RFC 3261 §14, RFC 3311 §5, RFC 6337): decides glare. A pure table; 491 makes the peer try again, 500 wait.
/// </summary>
public static class OfferExchange
{
    public static OfferStep Next(OfferState state, OfferInput input) => (state, input) switch
    {
        (OfferState.Idle, OfferInput.WeOffer) => new(OfferState.Ours),
        (OfferState.Idle, OfferInput.TheyOffer) => new(OfferState.Theirs),
        (OfferState.Ours, OfferInput.TheyOffer) => new(OfferState.Ours, new SipRefusal(491, "Request Pending")),
        (OfferState.Theirs, OfferInput.TheyOffer) => new(OfferState.Theirs, new SipRefusal(500, "Earlier Offer Not Answered")),
        (OfferState.Ours or OfferState.Theirs, OfferInput.WeOffer) => new(state, MustWait: true),
        (_, OfferInput.Answered or OfferInput.Refused) => new(OfferState.Idle),
        _ => new(state),
    };

    /// <summary>How long to wait after a 491 before trying again: the owner of the Call-ID 2.1 to 4 s, the other 0 to 2 s (RFC 3261 §14.1).</summary>
    public static TimeSpan RetryAfterGlare(bool weOwnCallId, byte dice) =>
        TimeSpan.FromMilliseconds(10 * (weOwnCallId ? 210 + dice * 190 / 255 : dice * 200 / 255));
}

/// <summary>Whose offer waits for its answer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OfferState>))]
public enum OfferState
{
    Idle,
    Ours,
    Theirs,
}

/// <summary>What happens to the exchange of offers; Refused is also a failed INVITE or UPDATE.</summary>
public enum OfferInput
{
    WeOffer,
    TheyOffer,
    Answered,
    Refused,
}

/// <summary>The next state; the refusal that the peer gets; or that we have to wait with our own offer.</summary>
public readonly record struct OfferStep(OfferState State, SipRefusal? Refusal = null, bool MustWait = false);
