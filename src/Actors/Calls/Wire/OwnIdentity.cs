using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>
/// A carrier that refuses a number that is not ours gets the call again at once with one that is: on the same leg and channel (PRODUCT §2). What is withheld
/// stays withheld.
/// </summary>
static class OwnIdentity
{
    static readonly SipHeaderName[] _identity =
        [SipHeaderName.PAssertedIdentity, SipHeaderName.RemotePartyId, SipHeaderName.Privacy, SipHeaderName.Diversion, SipHeaderName.HistoryInfo];

    /// <summary>False where the refusal is about something else, or ours is what was refused.</summary>
    public static bool TryShow(Turn turn, Leg leg, SipResponse refusal)
    {
        if (leg.Up || !MayMeanTheNumber(leg, refusal.Status) || leg.Step != turn.Call.Step) return false;
        if (TrunkDialling.DialOf(turn.Call, leg.Line) is not { From.Fallback: { } own } dial || leg.Party is not Party.Outside(var trunk, _)) return false;
        if (turn.World.Carriers.Find(trunk) is not { } carrier) return false;

        var refused = leg.Sent!.Request;
        var identity = CarrierIdentity.Of(turn, carrier.Config, dial with { From = dial.From with { Number = own } });
        if (identity.From.Uri.User == refused.From.Uri.User) return false;

        var again = refused.Copy();
        foreach (var name in _identity) again.Headers.Remove(name);
        again.Headers.Remove(SipHeaderName.Authorization); // a nonce counts once
        again.Headers.Remove(SipHeaderName.ProxyAuthorization);
        again.From = identity.From.WithTag(leg.LocalTag);
        foreach (var (name, value) in identity.Headers) again.Headers.Add(name, value);
        var repeated = Invites.Repeated(turn, leg, again, leg.Media!);
        turn.Do(new CallEffect.Note("shown-number", $"trunk {trunk} refused the caller's number ({refusal.Status} {refusal.Reason}): shows {own}"));
        turn.Happen(new CallEvent.LegDialled(repeated with { Phase = LegPhase.Inviting, Dialog = null }, turn.Now));
        turn.Do(new CallEffect.Invite(leg.Number, repeated.Sent!));
        turn.Do(new CallEffect.StartTimer(TrunkDialling.Timer(leg.Number), turn.World.Options.TrunkTimeout, new CallCommand.GiveUpTrunk(leg.Number)));
        return true;
    }

    /// <summary>
    /// 403, and 433 (RFC 5079); 603, 606 ("addressing style", RFC 3261 §21.6.4) and 608 (RFC 8688) too, but once it rings that is a person who will not be
    /// called. A 488 is about the media (§21.4.26).
    /// </summary>
    static bool MayMeanTheNumber(Leg leg, int status) => status is 403 or 433 || (status is 603 or 606 or 608 && leg.Phase is LegPhase.Inviting);
}
