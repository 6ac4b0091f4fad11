using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Numbers;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>Transfers: blind by REFER (RFC 3515) or over the API, attended by REFER with Replaces (RFC 3891, carried out by <see cref="Joining"/>).</summary>
static class Transferring
{
    public static void Referred(Turn turn, Leg leg, CallCommand.Request request)
    {
        if (!NameAddress.TryParse(request.Message.Headers.First(SipHeaderName.ReferTo), out var target))
        {
            Requests.Respond(turn, request, 400);
            return;
        }

        if (turn.Call.Transfer is not null || turn.Call.PeerOf(leg.Number) is not { Up: true } kept)
        {
            Requests.Respond(turn, request, 491);
            return;
        }

        if (leg.Party is not Party.Phone)
        {
            Requests.Respond(turn, request, 403); // an outside party never transfers (PRODUCT §11)
            return;
        }

        var replaces = target.Uri.Headers["Replaces"];
        Requests.Respond(turn, request, 202);
        var wanted = new Transfer(leg.Number, kept.Number, target.Uri.User ?? "", OverSip: !IsSilent(request.Message));
        turn.Happen(new CallEvent.TransferBegan(wanted, turn.Now));
        Notify(turn, wanted, 100, "Trying", over: false);
        if (replaces is not null) Joining.Ask(turn, wanted, replaces);
        else Dial(turn, wanted, leg);
    }

    public static void Ordered(Turn turn, CallCommand.TransferTo order)
    {
        var by = order.Leg is { } named ? turn.Call[named] : OwnPhone(turn.Call);
        if (turn.Call.Transfer is not null || by is not { Up: true, Party: Party.Phone } || turn.Call.PeerOf(by.Number) is not { Up: true } kept)
        {
            Orders.Reject(turn, "cannot-transfer", "the call is not talking, or is being transferred already, or the leg is no phone of the tenant");
            return;
        }

        var wanted = new Transfer(by.Number, kept.Number, order.Target, OverSip: false);
        Orders.Done(turn);
        turn.Happen(new CallEvent.TransferBegan(wanted, turn.Now));
        Dial(turn, wanted, by);
    }

    /// <summary>The new party has answered and is connected with the one that was kept.</summary>
    public static void Succeeded(Turn turn, Transfer transfer)
    {
        Notify(turn, transfer, 200, "OK", over: true);
        if (turn.Call[transfer.By] is not { Live: true }) return;
        if (transfer.OverSip) turn.Do(new CallEffect.StartTimer("transferor", turn.World.Options.TransferorGrace, new CallCommand.DropTransferor(transfer.By)));
        else Ending.Leg(turn, transfer.By, EndCause.Transferred);
    }

    /// <summary>The transferor is told and still has the other party; if it is gone already, it is rung back.</summary>
    public static void Failed(Turn turn, EndCause cause)
    {
        var transfer = turn.Call.Transfer!;
        Notify(turn, transfer, cause.Status is >= 300 and < 700 ? cause.Status : 480, cause.Text, over: true);
        turn.Happen(new CallEvent.TransferFailed(cause, turn.Now));
        if (turn.Call[transfer.By] is { Live: true }) return;

        if (turn.Call[transfer.By]?.Party is Party.Phone(var extension) && turn.World.Tenants.Find(turn.Call.Tenant) is { } tenant)
        {
            var route = turn.World.Plan.ToExtension(tenant, ExtensionNumber.Parse(extension), new CallerId(turn.Call.Caller, turn.Call.CallerName), turn.Call.Id.Value);
            Dialling.Try(turn, route with { Reason = $"the transfer to {NumberMask.Of(transfer.Target)} failed ({cause.Code}): {extension} is rung back" }, transfer.Kept);
        }
        else
        {
            Ending.Call(turn, cause);
        }
    }

    static void Dial(Turn turn, Transfer transfer, Leg by)
    {
        var route = turn.World.Tenants.Find(turn.Call.Tenant) is { } tenant && tenant.Extensions.TryGetValue(ExtensionNumber.Parse(((Party.Phone)by.Party).Extension), out var extension)
            ? turn.World.Plan.FromExtension(tenant, extension, transfer.Target, turn.Call.Id.Value)
            : Route.Refuse(EndCause.NoSuchNumber, "the transferor's extension is gone");
        if (route.Next is RouteStep.Dial { Emergency: true })
            route = Route.Refuse(EndCause.NotAllowed, "emergency numbers are never reached by a transfer");
        Dialling.Try(turn, route, transfer.Kept);
    }

    /// <summary>RFC 3515 §2.4.5: the outcome goes to the transferor as a message/sipfrag in the REFER's implicit subscription.</summary>
    public static void Notify(Turn turn, Transfer transfer, int status, string phrase, bool over)
    {
        if (!transfer.OverSip || turn.Call[transfer.By] is not { Live: true }) return;
        turn.Do(new CallEffect.InDialog(
            transfer.By,
            SipMethod.Notify,
            [("Event", "refer"), ("Subscription-State", over ? "terminated;reason=noresource" : "active;expires=180")],
            SipFragment.ContentType,
            SipFragment.Of(status, phrase)));
    }

    /// <summary>RFC 4488: the transferor wants no subscription.</summary>
    static bool IsSilent(SipRequest request) => string.Equals(request.Headers.First("Refer-Sub"), "false", StringComparison.OrdinalIgnoreCase);

    static Leg? OwnPhone(CallState call) => call.Talk is { } talk
        ? new[] { call[talk.B], call[talk.A] }.FirstOrDefault(leg => leg?.Party is Party.Phone)
        : null;
}
