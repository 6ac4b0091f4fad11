using System.Diagnostics;
using TeleCube.Actors.Calls.Model;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>What each event does to the state of a call. Total and pure: live and replayed calls cannot differ.</summary>
public static class CallApply
{
    public static CallState Apply(CallState call, CallEvent happened) => happened switch
    {
        CallEvent.Started e => Started(e),
        CallEvent.Routed e => call with
        {
            Step = e.Step,
            Trying = e.Next,
            Waiting = e.Waiting,
            TrunksTried = call.TrunksTried.Clear(),
            LinesMissed = call.LinesMissed.Clear(),
            Served = e.Next is RouteStep.RunScheme led ? led.Serves ?? call.Served : null,
        },
        CallEvent.LegDialled e => EndedLegs.Counted(call.With(e.Leg), e.At),
        CallEvent.TrunkFailed e => call with { TrunksTried = call.TrunksTried.SetItem(e.Line, call.TrunksTried.GetValueOrDefault(e.Line) + 1) },
        CallEvent.ConsultantMissed e => call with { LinesMissed = call.LinesMissed.SetItem(e.Line, e.Cause) },
        CallEvent.Rang e => Leg(call, e.Leg, leg => leg with
        {
            Phase = LegPhase.Ringing,
            Dialog = e.Dialog ?? leg.Dialog,
            Media = e.Media ?? leg.Media,
            EarlyMedia = leg.EarlyMedia || e.EarlyMedia,
        }),
        CallEvent.Alerted e => Leg(call, e.Leg, leg => leg with
        {
            Phase = LegPhase.Ringing,
            Media = e.Media ?? leg.Media,
            Received = leg.Received is { } open ? open with { RSeq = e.RSeq, Described = open.Described || e.Described } : null,
        }),
        CallEvent.Announced e => call with { Announcement = e.Announcement, Trying = null },
        CallEvent.SchemeMoved e => InQueues.Moved(call, e),
        CallEvent.QueueWaited e => InQueues.Waited(call, e),
        CallEvent.QueueLeft e => InQueues.Left(call, e),
        CallEvent.Answered e => Leg(call with { PickedUpBy = null }, e.Leg, leg => leg with
        {
            Phase = LegPhase.Talking,
            Dialog = e.Dialog,
            Media = e.Media,
            Timer = e.Timer,
            Sent = null,
            AnsweredAt = e.At,
        }),
        CallEvent.DigitsBegan e => Leg(call, e.Leg, leg => leg with { AwaitsDigits = true }),
        CallEvent.DigitsPressed e => Leg(call, e.Leg, leg => leg with { DigitsPressed = e.Count }),
        CallEvent.DigitsEnded e => Leg(call, e.Leg, leg => leg with { AwaitsDigits = false }),
        CallEvent.KeyAwaited e => Leg(call, e.Leg, leg => leg with { AwaitsKey = true }),
        CallEvent.KeyEnded e => Leg(call, e.Leg, leg => leg with { AwaitsKey = false }),
        CallEvent.KeysHeld e => Leg(call, e.Leg, leg => leg with { HeldKeys = e.Keys, HeldKeysWereHeard = e.Heard }),
        CallEvent.SetByCode { Setting: { Confirmation: not null } asked } => call with { Setting = asked }, // served when it is done
        CallEvent.SetByCode e => call with { Setting = e.Setting, Served = new CallService(ServiceKind.FeatureCode, call.Dialled) },
        CallEvent.Accepted e => Leg(call, e.Leg, leg => leg with
        {
            Phase = LegPhase.Answered,
            Dialog = e.Dialog,
            Media = e.Media,
            Received = e.Received,
            Timer = e.Timer,
            AnsweredAt = e.At,
        }),
        CallEvent.Acknowledged e => Leg(call, e.Leg, leg => leg with { Phase = LegPhase.Talking, Received = null, Media = e.Media ?? leg.Media }),
        CallEvent.Bridged e => call with
        {
            Talk = new Pair(e.A, e.B),
            Phase = CallPhase.Talking,
            Trying = null,
            Transfer = null,
            Partner = null,
            Parking = null,
            Scheme = null,
            AnsweredAt = call.AnsweredAt ?? e.At,
        },
        CallEvent.Changed e => Leg(call, e.Leg, leg => leg with
        {
            Dialog = e.Dialog,
            Media = e.Media,
            HeldByPeer = e.HeldByPeer,
            Target = e.Target ?? leg.Target,
            Received = e.Received ?? leg.Received,
            Timer = e.Timer,
        }),
        CallEvent.Reinvited e => Leg(call, e.Leg, leg => leg with { Sent = e.Sent, Media = e.Media }),
        CallEvent.Renegotiated e => Leg(call, e.Leg, leg => leg with { Sent = null, Dialog = e.Dialog, Media = e.Media, Timer = e.Timer }),
        CallEvent.Refreshed e => Leg(call, e.Leg, leg => leg with { Dialog = e.Dialog, Timer = e.Timer }),
        CallEvent.ReinviteRefused e => Leg(call, e.Leg, leg => leg with { Sent = null }),
        CallEvent.HeldByUs e => Leg(call, e.Leg, leg => leg with { HeldByUs = e.Held }),
        CallEvent.TransferBegan e => TransferBegan(call, e.Transfer),
        CallEvent.TransferFailed => Transferred(call, null) with { Transfer = null, Trying = null },
        CallEvent.SmsOrdered e => call with { SchemeSms = call.SchemeSms.Add(e.Sms) },
        CallEvent.LedOn => call with { Talk = null, Transfer = null, Partner = null },
        CallEvent.Joined e => call with
        {
            Partner = e.Partner,
            JoinedWith = e.Partner.Call,
            PickedUpBy = e.By ?? call.PickedUpBy,
            Waiting = e.Leg,
            Talk = null,
            Parking = null,
            Trying = null,
            Transfer = null,
            Scheme = null,
            Phase = CallPhase.Talking,
            AnsweredAt = call.AnsweredAt ?? e.At,
        },
        CallEvent.PartnerLeft => call with { Partner = null, Transfer = call.Transfer is { } transfer ? transfer with { ByCall = null } : null },
        CallEvent.Parked e => call with
        {
            Parking = e.Parking,
            Waiting = e.Parking.Leg,
            Talk = null,
            Partner = null,
            Trying = null,
            Transfer = null,
            Scheme = null,
            Phase = CallPhase.Talking,
        },
        CallEvent.LegEnded e => Leg(call, e.Leg, leg => EndedLegs.Slim(leg, e.ByPeer) with
        {
            Phase = LegPhase.Ended,
            Cause = e.Cause,
            EndedAt = e.At,
            EndedByPeer = e.ByPeer,
        }),
        CallEvent.Asked => call,
        CallEvent.Recovered e => call with { Legs = e.Legs, Recoveries = call.Recoveries + 1 },
        CallEvent.Ended e =>
            call with { Phase = CallPhase.Over, Cause = e.Cause, Announcement = null, Scheme = null, Trying = null, Talk = null, Parking = null },
        CallEvent.Closed => call with { Phase = CallPhase.Closed },
        _ => throw new UnreachableException($"no Apply for {happened.GetType().Name}"),
    };

    static CallState Started(CallEvent.Started e) => new()
    {
        Id = e.Id,
        Tenant = e.Tenant,
        Phase = CallPhase.Setup,
        Direction = e.Direction,
        Caller = e.Caller,
        CallerName = e.CallerName,
        Dialled = e.Dialled,
        DialledNumber = e.DialledNumber,
        Emergency = e.Emergency,
        StartedAt = e.At,
        ThenCall = e.ThenCall,
        CallBack = e.CallBack,
        Queues = e.CallBack is { } order ? [new QueueStay(order.Ticket, order.Queue.Value, order.Since)] : [],
        Legs = e.First is { } first ? [first] : [],
    };

    static CallState TransferBegan(CallState call, Transfer transfer)
    {
        var asked = transfer.ReferSeq is null ? call : Leg(call, transfer.By, leg => leg with { HasReferred = true });
        return Transferred(asked with { Transfer = transfer }, transfer.Target);
    }

    static CallState Transferred(CallState call, string? to) =>
        call.Transfer is { By: var number } && call[number] is { } by ? call.With(by with { TransfersTo = to }) : call;

    static CallState Leg(CallState call, int number, Func<Leg, Leg> change) =>
        call[number] is { } leg ? call.With(change(leg)) : throw new UnreachableException($"call {call.Id} has no leg {number}");
}
