using TeleCube.Actors.Audit;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// A call that speaks to a voicemail box, or listens to one. The box is told that a recording began once the call's journal has it; the recorder tells the box
/// when the file is whole, whatever has become of the call by then.
/// </summary>
static class InMailbox
{
    /// <summary>A box that does not answer leaves the caller nothing to wait for.</summary>
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether somebody is there who could leave a message: an order has no caller yet, and a scheme may say itself where the caller goes on.
    /// </summary>
    public static bool MayTake(Turn turn, int waiting, EndCause outcome) =>
        turn.Call[waiting] is { Live: true } leg && (leg.Role is LegRole.Uas || leg.Up)
        && !(turn.Call.Scheme is { } at && turn.World.Tenants.Find(turn.Call.Tenant) is { } tenant && SchemeWalk.GoesOn(at, outcome, InScheme.Context(turn, tenant, at)));

    public static void Record(Turn turn, SchemeMove move, ElementStep.Record step, int serial)
    {
        var wait = new SchemeWait.Recording(step.Box.Value, $"{turn.Call.Id}-{serial}", step.Silence, turn.Now, turn.Now + step.AtMost, serial) { IsGreeting = step.IsGreeting };
        InScheme.Wait(turn, move, wait, step.AtMost);
        if (turn.Call.Scheme?.Wait == wait) Tell(turn, wait.Box, new MailboxCommand.Begin(Of(turn.Call.Scheme, wait)));
    }

    public static void Ask(Turn turn, SchemePosition at, SchemeMove move, ElementStep.Ask step, int serial)
    {
        var spoken = step.Question is MailboxQuestion.Outcome && at.Wait is SchemeWait.Recording { IsGreeting: false } message ? turn.Now - message.Since : (TimeSpan?)null;
        InScheme.Wait(turn, move, new SchemeWait.Asking(step.Box.Value, serial) { Spoken = spoken }, _patience);
        if (turn.Call.Scheme?.Wait is not SchemeWait.Asking wait || wait.Serial != serial) return;
        var question = step.Question is MailboxQuestion.Outcome && at.Wait is SchemeWait.Recording recording ? new MailboxQuestion.Outcome(recording.Id) : step.Question;
        var asked = new MailboxCommand.Asked(turn.Call.Id, serial, question);
        Tell(turn, wait.Box, question is MailboxQuestion.Delete deleted ? new Recorded(asked, [AuditLog.Row(Entry(turn, wait.Box, deleted, serial))]) : asked);
    }

    /// <summary>Late for another wait than the one in which it was asked.</summary>
    public static void Said(Turn turn, CallCommand.MailboxSays said)
    {
        if (turn.Call.Scheme?.Wait is SchemeWait.Asking wait && wait.Serial == said.Serial) InScheme.Hear(turn, new ElementNews.Said(said.Answer));
    }

    /// <summary>The caller says nothing any more.</summary>
    public static void Silent(Turn turn, Leg leg)
    {
        if (turn.Call.Scheme?.Wait is SchemeWait.Recording && turn.Call.Waiting == leg.Number) InScheme.Hear(turn, new ElementNews.Recorded());
    }

    /// <summary>
    /// After a restart: the recorder of the dead process is gone, so what it wrote is all there is; the box may not have heard of it yet. What a box was asked
    /// is not in the journal.
    /// </summary>
    public static void TakeUp(Turn turn)
    {
        switch (turn.Call.Scheme?.Wait)
        {
            case SchemeWait.Recording recording:
                Tell(turn, recording.Box, new MailboxCommand.Close(Of(turn.Call.Scheme, recording)));
                InScheme.Hear(turn, new ElementNews.Recorded());
                break;
            case SchemeWait.Asking: InScheme.Hear(turn, new ElementNews.Silence()); break;
        }
    }

    /// <summary>
    /// What a call that ends here has had of the exchange. Of a message that is broken off the box decides later, by what was heard: long enough, it counts.
    /// </summary>
    public static CallService? Served(CallState call, DateTimeOffset now) => call.Scheme?.Wait switch
    {
        SchemeWait.Recording { IsGreeting: false } wait when now - wait.Since >= VoicemailAudio.Shortest => new(ServiceKind.Voicemail, wait.Box),
        SchemeWait.Asking { Spoken: { } spoken } wait when spoken >= VoicemailAudio.Shortest => new(ServiceKind.Voicemail, wait.Box),
        _ => call.Served,
    };

    static void Tell(Turn turn, string box, object message) =>
        turn.Do(new CallEffect.Tell(MailboxEntity.Of(turn.Call.Tenant, ExtensionNumber.Parse(box)), message));

    static OpenRecording Of(SchemePosition at, SchemeWait.Recording wait) =>
        new(wait.Id, at.Caller.Hidden ? null : at.Caller.Number, at.Caller.Hidden ? null : at.Caller.Name, wait.Since) { IsGreeting = wait.IsGreeting };

    static AuditEntry Entry(Turn turn, string box, MailboxQuestion.Delete deleted, int serial) => new()
    {
        Id = $"{turn.Call.Id}-{serial}",
        At = turn.Now,
        Action = "delete-voicemail",
        Actor = new AuditActor(AuditActorKind.Phone, turn.Call.Caller),
        Tenant = turn.Call.Tenant.Value,
        Resource = "voicemail",
        ResourceId = $"{box}/{deleted.Message}",
        Verb = "DTMF",
        RequestId = turn.Call.Id.Value,
    };
}
