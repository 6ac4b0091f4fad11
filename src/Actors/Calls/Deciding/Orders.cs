using TeleCube.Actors.Audit;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>What people ask of a call over the API. Each order is answered: done, or a rejection with its reason.</summary>
static class Orders
{
    /// <summary>The order was repeated under its Idempotency-Key: it has begun this call, whatever became of it since.</summary>
    public static void AlreadyBegun(Turn turn) => turn.Do(new CallEffect.Reply(new Ordered(turn.Call.Id)));

    public static void Received(Turn turn, CallCommand command)
    {
        if (turn.Call.Phase is CallPhase.Over or CallPhase.Closed)
        {
            Reject(turn, "call-is-over", "the call has ended");
            return;
        }

        switch (command)
        {
            case CallCommand.HangUp(var cause):
                Done(turn);
                Ending.Call(turn, cause);
                break;
            case CallCommand.TransferTo transfer: Transferring.Ordered(turn, transfer); break;
            case CallCommand.Hold hold: Hold(turn, hold); break;
            case CallCommand.SendDigits send: SendDigits(turn, send); break;
        }
    }

    /// <summary>An order that was not refused is written down with who gave it; one that is repeated was, the first time.</summary>
    public static void Asked(Turn turn, AuditEntry entry)
    {
        if (turn is { Events.Count: 0, Effects: [CallEffect.Reply(Ordered)] }) return;
        if (!turn.Effects.Any(effect => effect is CallEffect.Reply(Rejection))) turn.Happen(new CallEvent.Asked(entry, turn.Now));
    }

    /// <summary>The first party of an ordered call has answered: now the number is called.</summary>
    public static void FirstAnswered(Turn turn, int number)
    {
        var (call, leg) = (turn.Call, turn.Leg(number));
        if (call.CallBack is { } order)
        {
            CallBacks.Taken(turn, number, order);
            return;
        }

        if (turn.World.Tenants.Find(call.Tenant) is not { } tenant || leg.Party is not Party.Phone(var own)
            || !tenant.Extensions.TryGetValue(ExtensionNumber.Parse(own), out var extension))
        {
            Ending.Call(turn, EndCause.NoSuchNumber);
            return;
        }

        Dialling.Try(turn, turn.World.Plan.FromExtension(tenant, extension, call.ThenCall ?? "", call.Id.Value), number);
    }

    /// <summary>Until the first party of an ordered call has answered nobody else is called, so it is not the callee who is busy or declines.</summary>
    public static EndCause Outcome(CallState call, EndCause cause) =>
        call is { ThenCall: not null, CallBack: null } && call.Legs.All(leg => leg.AnsweredAt is null)
            ? EndCause.NotTakenByOrderer with { Status = cause.Status, Text = $"Extension {call.Caller} ordered the call and did not take it: {cause.Text}" }
            : cause;

    static void Hold(Turn turn, CallCommand.Hold hold)
    {
        if (Chosen(turn, hold.Leg) is not { } leg) return;
        if (leg.HeldByUs != hold.On) turn.Happen(new CallEvent.HeldByUs(leg.Number, hold.On, turn.Now));
        if (turn.Call.JoinedLeg?.Number == leg.Number) Partners.TellMedia(turn);
        Done(turn);
    }

    static void SendDigits(Turn turn, CallCommand.SendDigits send)
    {
        if (Chosen(turn, send.Leg) is not { Media: { Negotiated: true } media }) return;
        turn.Do(new CallEffect.Media(new MediaCommand.SendDtmf(new StreamId(media.Stream), send.Digits)));
        Done(turn);
    }

    /// <summary>The leg that was named, else the far one of a call that talks: who is outside, else who was called.</summary>
    public static Leg? Chosen(Turn turn, int? number)
    {
        var chosen = turn.Call[number ?? Far(turn.Call) ?? turn.Call.JoinedLeg?.Number ?? -1];
        if (chosen is { Up: true }) return chosen;
        Reject(turn, "not-talking", number is null ? "the call is not talking" : $"leg {number} is not up");
        return null;
    }

    static int? Far(CallState call) => call.Talk is not { } talk ? null
        : call[talk.A]?.Party is Party.Outside && call[talk.B]?.Party is Party.Phone ? talk.A
        : talk.B;

    public static void Done(Turn turn) => turn.Do(new CallEffect.Reply(Accepted.Instance));

    public static void Reject(Turn turn, string code, string detail) => turn.Do(new CallEffect.Reply(new Rejection(code, detail)));
}
