using System.Collections.Immutable;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// A caller who waits in a queue: it and the call distributor tell each other what happens. Who is rung for it is in <see cref="Consultants"/>,
/// what it hears in <see cref="QueueSounds"/>.
/// </summary>
static class InQueue
{
    public static SchemeWait.Queueing? Of(CallState call) => call.Scheme?.Wait as SchemeWait.Queueing;

    public static QueueTicket TicketOf(CallState call, SchemeWait.Queueing wait) => new(call.Id, wait.Serial);

    /// <summary>The wait stands in the journal: now the distributor is told.</summary>
    public static void Begin(Turn turn, SchemeWait.Queueing wait)
    {
        QueueNews.TellJoin(turn, wait);
        QueueSounds.Begin(turn, wait);
    }

    /// <summary>When the distributor sends the caller on who is not rung for then; null: never.</summary>
    public static DateTimeOffset? EndOfWait(Turn turn, SchemeWait.Queueing wait) =>
        wait.CallBack is CallBackWish.None && QueueSounds.QueueOf(turn.World, turn.Call, wait) is { MaxWait: var most } && most > TimeSpan.Zero
            ? wait.Since + most
            : null;

    /// <summary>The distributor has not done so: it is away. Nobody waits for longer because of that.</summary>
    public static bool IsOverdue(Turn turn, SchemeWait.Queueing wait) => wait.Offer is null && EndOfWait(turn, wait) < turn.Now;

    public static void TimeIsUp(Turn turn, SchemeWait.Queueing wait) => Sent(turn, wait, QueueExit.Timeout);

    public static void Told(Turn turn, CallCommand.QueueSays says)
    {
        var waits = Of(turn.Call) is { } own && TicketOf(turn.Call, own) == says.Ticket ? own : null;
        if (waits is not null && says.Notice is QueueNotice.Joined or QueueNotice.Offer) LedOn(turn);
        switch (says.Notice)
        {
            case QueueNotice.Offer offer when waits is not null: Offered(turn, waits, offer); break;
            case QueueNotice.Exit(var why) when waits is not null: Sent(turn, waits, why); break;
            case QueueNotice.Exit when CallBacks.IsUntaken(turn.Call, says.Ticket): Ending.Call(turn, EndCause.Cancelled); break;
            case QueueNotice.CallBackKept when waits is not null: Kept(turn, waits); break;
            case QueueNotice.CallBackRefused when waits is not null: RefuseCallBack(turn, waits with { CallBack = CallBackWish.None }); break;
            case QueueNotice.Offer or QueueNotice.AreYouThere: QueueNews.Answer(turn, says.Ticket); break;
        }
    }

    /// <summary>A transfer that has brought the caller here is done: the queue has it.</summary>
    public static void LedOn(Turn turn)
    {
        if (turn.Call.Transfer is { } transfer) Transferring.LedOn(turn, transfer);
    }

    /// <summary>The consultants of an offer did not take the call.</summary>
    public static void OfferFailed(Turn turn, ImmutableArray<MissedOffer> missed)
    {
        if (Of(turn.Call) is not { Offer: { } number } wait) return;
        Waited(turn, wait with { Offer = null, Failed = new FailedOffer(number, missed, turn.Now) });
        QueueNews.Tell(turn, new DistributorCommand.OfferFailed(TicketOf(turn.Call, wait), number, missed, turn.Now));
    }

    /// <summary>
    /// It does not wait any more, and nobody rings for it. The distributor is told though it said so itself: it may have asked meanwhile, and have been answered
    /// that the caller waits, which would be a place of nobody's.
    /// </summary>
    public static void Leave(Turn turn, SchemeWait.Queueing wait, QueueExit why, EndCause cause, string? pickedUpBy = null)
    {
        StopRinging(turn, wait, cause);
        QueueSounds.Stop(turn);
        var ticket = TicketOf(turn.Call, wait);
        turn.Happen(new CallEvent.QueueLeft(ticket, why, null, turn.Now) { PickedUpBy = pickedUpBy });
        QueueNews.TellLeft(turn, ticket, turn.Call.Queues.Last(stay => stay.Ticket == ticket));
    }

    /// <summary>The call ends: who wished to be called back keeps its place.</summary>
    public static void CallEnds(Turn turn, EndCause cause)
    {
        if (Of(turn.Call) is not { } wait) return;
        var why = wait.CallBack is not CallBackWish.None ? QueueExit.CallBack : cause == EndCause.LostInRestart ? QueueExit.Lost : QueueExit.Abandoned;
        Leave(turn, wait, why, EndCause.Cancelled);
    }

    /// <summary>The caller wants to be called back: by its own number only, and where that can be called.</summary>
    public static void AskCallBack(Turn turn)
    {
        if (Of(turn.Call) is not { CallBack: CallBackWish.None } wait) return;
        if (!turn.World.Plan.MayCallBack(CallerOf(turn.Call)))
        {
            RefuseCallBack(turn, wait);
            return;
        }

        Waited(turn, wait with { CallBack = CallBackWish.Asked });
        TellCallBack(turn, TicketOf(turn.Call, wait), turn.Now);
    }

    public static void TellCallBack(Turn turn, QueueTicket ticket, DateTimeOffset at) =>
        QueueNews.Tell(turn, new DistributorCommand.AskCallBack(ticket, CallerOf(turn.Call), turn.Call.DialledNumber, at));

    /// <summary>The number of who waits: of the caller, or of whom a transfer has brought here.</summary>
    public static string CallerOf(CallState call) => call[call.Waiting] switch
    {
        { Role: LegRole.Uac, Party: Party.Phone(var extension) } => extension,
        { Role: LegRole.Uac, Party: Party.Outside(_, var number) } => number,
        _ => call.Caller,
    };

    public static void Waited(Turn turn, SchemeWait.Queueing wait) => turn.Happen(new CallEvent.QueueWaited(wait, turn.Now));

    static void Offered(Turn turn, SchemeWait.Queueing wait, QueueNotice.Offer offer)
    {
        if (offer.Number == wait.Failed?.Number) QueueNews.Answer(turn, TicketOf(turn.Call, wait)); // what became of it got lost
        if (offer.Number <= Math.Max(wait.Offer ?? 0, wait.Failed?.Number ?? 0)) return;
        if (wait.CallBack is CallBackWish.Kept) // its turn comes when it has hung up
        {
            QueueNews.Tell(turn, new DistributorCommand.OfferFailed(TicketOf(turn.Call, wait), offer.Number, [], turn.Now));
            return;
        }

        if (turn.World.Tenants.Find(turn.Call.Tenant) is not { } tenant) return;

        StopRinging(turn, wait, EndCause.Cancelled); // for an offer that the distributor knows no more
        Waited(turn, wait with { Offer = offer.Number });
        var caller = turn.Call.Scheme!.Caller;
        var ticket = TicketOf(turn.Call, wait);
        var (queue, outside) = (ExtensionNumber.Parse(wait.Queue), Outside(turn, tenant, caller));
        Dialling.Try(turn, Consultants.Route(turn, tenant, queue, ticket, offer, caller, outside, turn.Call.DialledNumber), turn.Call.Waiting);
    }

    /// <summary>An extension that waits is shown outside as it is when it dials; only who called the company is forwarded, whom it has called is not.</summary>
    static CallerId Outside(Turn turn, Tenants.TenantState tenant, CallerId caller) => turn.Call[turn.Call.Waiting] switch
    {
        { Party: Party.Phone(var number) } when tenant.Extensions.TryGetValue(ExtensionNumber.Parse(number), out var extension) =>
            Routing.DialPlan.ShownBy(tenant, extension),
        { Role: LegRole.Uac, Party: Party.Outside } => turn.World.Plan.ShownTo(tenant, null),
        _ => caller,
    };

    static void Sent(Turn turn, SchemeWait.Queueing wait, QueueExit why)
    {
        Leave(turn, wait, why, EndCause.Cancelled);
        if (turn.Call is { Transfer: not null, Scheme: { } at }) Refused(turn, at, why);
        else InScheme.Hear(turn, new ElementNews.LeftQueue(why));
    }

    /// <summary>Whom a transfer brings hears nothing of that: the transferor has it again.</summary>
    static void Refused(Turn turn, SchemePosition at, QueueExit why)
    {
        var cause = QueueElement.CauseOf(why);
        turn.Happen(new CallEvent.SchemeMoved(null, [new SchemeDecision(at.Scheme, at.Element, null, cause.Text)], turn.Now));
        Transferring.Failed(turn, cause);
    }

    static void Kept(Turn turn, SchemeWait.Queueing wait)
    {
        if (wait.CallBack is CallBackWish.Kept) return;
        StopRinging(turn, wait, EndCause.Cancelled);
        var rung = turn.Call.Legs.Select(leg => leg.Seat).OfType<QueueSeat>()
            .Where(seat => seat.Offer == wait.Offer).Select(seat => seat.Consultant).Distinct();
        OfferFailed(turn, [.. rung.Select(consultant => new MissedOffer(consultant, EndCause.Cancelled.Code))]);
        QueueSounds.Play(turn, Of(turn.Call)! with { CallBack = CallBackWish.Kept }, [SoundId.OfPrompt("callback-accepted")]);
    }

    static void RefuseCallBack(Turn turn, SchemeWait.Queueing wait) => QueueSounds.Play(turn, wait, [SoundId.OfPrompt("callback-refused")]);

    static void StopRinging(Turn turn, SchemeWait.Queueing wait, EndCause cause)
    {
        if (wait.Offer is null) return;
        turn.Do(new CallEffect.CancelTimer(Dialling.RingTimer));
        foreach (var leg in turn.Call.Legs.Where(leg => leg is { Live: true, TookCall: false, Seat: not null } && leg.Step == turn.Call.Step).ToList())
            Ending.Drop(turn, leg.Number, cause);
    }
}
