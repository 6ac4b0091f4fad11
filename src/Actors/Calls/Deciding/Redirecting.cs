using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// A phone says where its calls go instead (3xx, RFC 3261 §8.1.3.4). That counts as a forward of its extension: to numbers that its owner may call, bounded as
/// forwards are, and with Diversion. Groups and queues follow nobody's forwards. Where it leads nowhere, the extension's own forwards say what follows.
/// </summary>
static class Redirecting
{
    public static bool TryFollow(Turn turn, Leg leg, SipResponse response)
    {
        var call = turn.Call;
        if (response.Status >= 400 || call.Trying is not RouteStep.Ring ring || leg.Step != call.Step || leg.Party != new Party.Phone(ring.Extension)) return false;
        var own = ExtensionNumber.Parse(ring.Extension);
        if (TargetIn(turn, response) is not { } target || target == new DialledNumber.Internal(own) || turn.World.Tenants.Find(call.Tenant) is not { } tenant) return false;
        var route = turn.World.Plan.AfterRedirection(tenant, own, target, ring.From, call.Id.Value);
        if (route.Next is RouteStep.Refuse) return false;

        turn.Do(new CallEffect.CancelTimer(Dialling.RingTimer));
        Ending.Drop(turn, leg.Number, EndCause.Redirected, byPeer: true);
        foreach (var other in call.Legs.Where(other => other.Live && other.Step == leg.Step && other.Number != leg.Number && other.Role is LegRole.Uac))
            Ending.Drop(turn, other.Number, EndCause.Elsewhere);
        Dialling.Try(turn, route, call.Waiting);
        return true;
    }

    /// <summary>The best Contact that is a number at our own domain: other addresses are nobody that we know.</summary>
    static DialledNumber? TargetIn(Turn turn, SipResponse response)
    {
        foreach (var contact in response.Contacts.OrderByDescending(contact => contact.Preference))
            if (contact.Uri is { IsSip: true } uri && turn.World.Sip.IsOurs(uri.Host) && DialledNumber.TryParse(uri.Number ?? "", out var number)) return number;
        return null;
    }
}
