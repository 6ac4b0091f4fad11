using TeleCube.Actors.Calls.Model;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>Whether a call can begin by an INVITE: better to say at once that it cannot than when somebody has answered.</summary>
static class FirstInviteCheck
{
    /// <param name="invite">It begins a call.</param>
    /// <param name="sender">Who sent it.</param>
    /// <param name="forHelp">It is not refused for what can be done without.</param>
    public static SipRefusal? Refusal(SipRequest invite, Party sender, bool forHelp) =>
        OfferCheck.Refusal(invite, forHelp) ?? OfContact(invite) ?? (forHelp ? null : OfReplaces(invite) ?? PassedBodies.Refusal(invite, sender));

    /// <summary>RFC 3261 §8.1.1.8: without it there is no dialog.</summary>
    static SipRefusal? OfContact(SipRequest invite) =>
        invite.Contact is { Uri.IsSip: true } ? null : new(400, invite.Headers.Has(SipHeaderName.Contact) ? "Unusable Contact" : "Missing Contact");

    /// <summary>RFC 3891 §3: one at most, and not beside a Join.</summary>
    static SipRefusal? OfReplaces(SipRequest invite) =>
        !invite.Headers.Has(SipHeaderName.Replaces) ? null
        : invite.Headers.CountOf(SipHeaderName.Replaces) > 1 ? new(400, "Multiple Replaces")
        : invite.Headers.Has(SipHeaderName.Join) ? new(400, "Replaces And Join Together")
        : invite.Get<Replaces>() is null ? new(400, "Bad Replaces")
        : null;
}
