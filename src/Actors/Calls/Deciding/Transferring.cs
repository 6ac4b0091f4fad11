using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>Transfers: blind by REFER (RFC 3515) or over the API, attended by REFER with Replaces (RFC 3891, carried out by <see cref="Joining"/>).</summary>
static class Transferring
{
    public static void Referred(Turn turn, Leg leg, CallCommand.Request request)
    {
        if (request.Message.Headers.CountOf(SipHeaderName.ReferTo) > 1)
        {
            Requests.Refuse(turn, request, new(400, "Multiple Refer-To")); // RFC 3515 §2.4.2
            return;
        }

        if (request.Message.Get<ReferTo>() is not { } target)
        {
            Requests.Refuse(turn, request, new(400, "Missing Or Bad Refer-To"));
            return;
        }

        if (!CanBegin(turn.Call, leg))
        {
            Requests.Respond(turn, request, 491);
            return;
        }

        if (leg.Party is not Party.Phone)
        {
            Requests.Respond(turn, request, 403); // an outside party never transfers (PRODUCT §11)
            return;
        }

        var silent = IsSilent(request.Message);
        if (silent) Requests.Respond(turn, request, 202, ("Refer-Sub", "false"));
        else Requests.Respond(turn, request, 202);
        var wanted = Wanted(turn, leg, target.Uri.Number ?? "") with
        {
            OverSip = !silent,
            Replaces = target.Uri.Headers["Replaces"],
            ReferSeq = request.Message.CSeq.Number,
            Again = leg.HasReferred,
        };
        Begin(turn, wanted);
    }

    public static void Ordered(Turn turn, CallCommand.TransferTo order)
    {
        var by = order.Leg is { } named ? turn.Call[named] : OwnPhone(turn.Call);
        if (by is not { Party: Party.Phone } || !CanBegin(turn.Call, by))
        {
            Orders.Reject(turn, "cannot-transfer", "the call is not talking, or is being transferred already, or the leg is no phone of the tenant");
            return;
        }

        if (EmergencyNumber.IsDialled(order.Target))
        {
            Orders.Reject(turn, Refusals.EmergencyNotAllowed, order.Target);
            return;
        }

        Orders.Done(turn);
        Begin(turn, Wanted(turn, by, order.Target));
    }

    /// <summary>By the keys of a code (PRODUCT §11); false where there is nothing to transfer now.</summary>
    public static bool ByKeys(Turn turn, Leg by, ExternalNumber target)
    {
        if (!CanBegin(turn.Call, by) || (by.Party is not Party.Phone && turn.Call.JoinedLeg is not null)) return false;
        var wanted = Wanted(turn, by, target.Number.Value);
        Begin(turn, wanted with
        {
            ToExternal = target.Id.Value,
            ByExternal = by.External,
            Target = wanted.Kept == Transfer.Partners ? ExternalCode.For(target) : wanted.Target
        });
        return true;
    }

    /// <summary>By the keys of the parking code; false where there is nobody to park.</summary>
    public static bool ToParking(Turn turn, Leg by)
    {
        if (!CanBegin(turn.Call, by) || (by.Party is not Party.Phone && turn.Call.JoinedLeg is not null)) return false;
        Begin(turn, Wanted(turn, by, ParkCode.Keys) with { ByExternal = by.External });
        return true;
    }

    /// <summary>Goes on with a transfer that has begun: through the partner where its party is meant, into another call, or by dialling.</summary>
    public static void Pursue(Turn turn, Transfer wanted)
    {
        if (wanted.Kept == Transfer.Partners) Partners.AskTransfer(turn, wanted);
        else if (wanted.Replaces is not null) Joining.Ask(turn, wanted);
        else if (ParkCode.Parks(wanted.Target)) ParkedCalls.Ask(turn);
        else Dial(turn, wanted);
    }

    /// <summary>The new party has answered and is connected with the one that was kept.</summary>
    public static void Succeeded(Turn turn, Transfer transfer)
    {
        if (transfer.ByCall is { } other)
            turn.Do(new CallEffect.Tell(other.Entity(turn.Call.Tenant), new CallCommand.PartnerTransferred(turn.Call.Id, null)));
        Notify(turn, transfer, 200, "OK", over: true);
        if (turn.Call[transfer.By] is not { Live: true }) return;
        if (transfer.OverSip) LetGo(turn, transfer.By);
        else Ending.Leg(turn, transfer.By, EndCause.Transferred);
    }

    /// <summary>The party that was kept waits in a queue, or hears something: nobody need answer any more for the transfer to be done.</summary>
    public static void LedOn(Turn turn, Transfer transfer)
    {
        turn.Happen(new CallEvent.LedOn(turn.Now));
        Succeeded(turn, transfer);
    }

    /// <summary>A phone hangs up by itself once it hears of the success; one that does not is hung up on.</summary>
    public static void LetGo(Turn turn, int transferor) =>
        turn.Do(new CallEffect.StartTimer("transferor", turn.World.Options.TransferorGrace, new CallCommand.DropTransferor(transferor)));

    /// <summary>The transferor is told and still has the other party; if it is gone already, it is rung back.</summary>
    public static void Failed(Turn turn, EndCause cause)
    {
        var transfer = turn.Call.Transfer!;
        Notify(turn, transfer, cause.Status is >= 300 and < 700 ? cause.Status : 480, cause.Text, over: true);
        turn.Happen(new CallEvent.TransferFailed(cause, turn.Now));
        if (turn.Call[transfer.By] is { Live: true } transferor)
        {
            if (transfer.ToExternal is not null || (!transfer.OverSip && ParkCode.Parks(transfer.Target))) FeatureKeys.TellFailed(turn, transferor);
            return;
        }

        if (transfer.ByCall is { } other)
            turn.Do(new CallEffect.Tell(other.Entity(turn.Call.Tenant), new CallCommand.PartnerTransferred(turn.Call.Id, cause)));
        else if (transfer.Extension is { } extension && turn.World.Tenants.Find(turn.Call.Tenant) is { } tenant)
        {
            var route = turn.World.Plan.ToExtension(
                tenant, ExtensionNumber.Parse(extension), KeptParty.Inside(turn.Call, tenant, transfer.Kept), turn.Call.Id.Value);
            Dialling.Try(turn, route with { Reason = $"the transfer to {NumberMask.Of(transfer.Target)} failed ({cause.Code}): {extension} is rung back" },
                transfer.Kept);
        }
        else if (transfer.ByExternal is { } number && KeyTransfers.BackTo(turn, number) is { } back)
        {
            Dialling.Try(turn, back with { Reason = $"the transfer to {NumberMask.Of(transfer.Target)} failed ({cause.Code}): {back.Reason}" }, transfer.Kept);
        }
        else
        {
            Ending.Call(turn, cause);
        }
    }

    static bool CanBegin(CallState call, Leg by) =>
        call.Transfer is null && by.Up && (call.PeerOf(by.Number) is { Up: true } || call.JoinedLeg?.Number == by.Number);

    static Transfer Wanted(Turn turn, Leg by, string target) =>
        new(by.Number, turn.Call.PeerOf(by.Number)?.Number ?? Transfer.Partners, target, OverSip: false) { Extension = (by.Party as Party.Phone)?.Extension };

    static void Begin(Turn turn, Transfer wanted)
    {
        turn.Happen(new CallEvent.TransferBegan(wanted, turn.Now));
        Notify(turn, wanted, 100, "Trying", over: false);
        Pursue(turn, wanted);
    }

    static void Dial(Turn turn, Transfer transfer)
    {
        if (transfer.ToExternal is { } external)
        {
            Dialling.Try(turn, KeyTransfers.To(turn, transfer, external), transfer.Kept);
            return;
        }

        var route = turn.World.Tenants.Find(turn.Call.Tenant) is { } tenant
            && tenant.Extensions.TryGetValue(ExtensionNumber.Parse(transfer.Extension!), out var extension)
            ? turn.World.Plan.FromExtension(
                tenant, extension, transfer.Target, turn.Call.Id.Value, onBehalfOf: KeptParty.Inside(turn.Call, tenant, transfer.Kept))
            : Route.Refuse(EndCause.NoSuchNumber, "the transferor's extension is gone");
        if (route.Next is RouteStep.Dial { Emergency: true })
            route = Route.Refuse(EndCause.NotAllowed, "emergency numbers are never reached by a transfer");
        if (route.Next is RouteStep.TakeUp) route = Route.Refuse(EndCause.NotAllowed, "a call is not transferred to one that waits");
        Dialling.Try(turn, route, transfer.Kept);
    }

    /// <summary>RFC 3515 §2.4.5: the outcome goes to the transferor as a message/sipfrag in the REFER's implicit subscription.</summary>
    public static void Notify(Turn turn, Transfer transfer, int status, string phrase, bool over)
    {
        if (!transfer.OverSip || turn.Call[transfer.By] is not { Live: true }) return;
        turn.Do(new CallEffect.InDialog(
            transfer.By,
            SipMethod.Notify,
            [("Event", transfer is { Again: true, ReferSeq: { } id } ? $"refer;id={id}" : "refer"),
                ("Subscription-State", over ? "terminated;reason=noresource" : "active;expires=180")],
            SipFragment.ContentType,
            SipFragment.Of(status, phrase)));
    }

    /// <summary>RFC 4488: the transferor wants no subscription.</summary>
    static bool IsSilent(SipRequest request) => string.Equals(request.Headers.First("Refer-Sub"), "false", StringComparison.OrdinalIgnoreCase);

    static Leg? OwnPhone(CallState call) => call.Talk is { } talk
        ? new[] { call[talk.A], call[talk.B] }.FirstOrDefault(leg => leg?.Party is Party.Phone)
        : call.JoinedLeg;
}
