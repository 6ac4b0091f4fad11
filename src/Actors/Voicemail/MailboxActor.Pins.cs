using Microsoft.Extensions.Logging;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Voicemail;

/// <remarks>Whether a PIN is right. What was wrong counts once it is durable; until the store has taken it, no other is looked at.</remarks>
public sealed partial class MailboxActor
{
    /// <summary>A wrong PIN that the store did not take: who could go on meanwhile would guess for nothing.</summary>
    bool _owesCount;

    void CheckPin(Asker asker, MailboxQuestion.CheckPin check)
    {
        if (Settings.Pin is not { } hash) Answer(asker, MailboxAnswer.PinWrong);
        else if (_owesCount) Answer(asker, MailboxAnswer.Failed);
        else if (State.Pins.UntilFor(check.From, Now) is not null) Answer(asker, MailboxAnswer.PinLocked);
        else _ = Verify(Self, asker, hash, check);
    }

    /// <summary>Slow by intent, so not in the actor's turn.</summary>
    static async Task Verify(ActorRef self, Asker asker, PasswordHash hash, MailboxQuestion.CheckPin check) =>
        self.Tell(new PinResult(asker, check.From, await Task.Run(() => hash.Verify(check.Pin)).ConfigureAwait(false)));

    void TakePin(PinResult result)
    {
        if (_owesCount)
        {
            Answer(result.Asker, MailboxAnswer.Failed);
            return;
        }

        var wasLocked = State.Pins.UntilFor(result.From, Now) is not null;
        var decision = MailboxRules.Decide(State, new MailboxCommand.PinChecked(result.Right, result.From), Settings, Now);
        var locks = decision.Events is [MailboxEvent.PinRefused { Locks: true }];
        Carry(result.Asker, decision, wasLocked || locks ? MailboxAnswer.PinLocked : result.Right ? MailboxAnswer.PinRight : MailboxAnswer.PinWrong);
    }

    void CountLater(MailboxEvent.PinRefused refused)
    {
        _owesCount = true;
        Timers.After("count pin", _again, new CountPin(SourceOf(refused)));
    }

    /// <summary>Further messages wait while it is written; if it is not, it is owed again.</summary>
    void Count(CountPin count)
    {
        _owesCount = false;
        Decide(new MailboxCommand.PinChecked(Right: false, count.From));
    }

    void LogLock(MailboxEvent.PinRefused refused)
    {
        if (refused.LockedUntil is { } until)
            services.Log.Of(id).LogWarning("Voicemail takes no PIN from {Source} until {Until:O}: too many were wrong", SourceOf(refused).Masked, until);
        if (refused.AllLockedUntil is { } all)
            services.Log.Of(id).LogWarning("Voicemail takes no PIN but from its own phone until {Until:O}: too many were wrong", all);
    }

    static PinSource SourceOf(MailboxEvent.PinRefused refused) => PinSource.Named(refused.From);

    sealed record PinResult(Asker Asker, PinSource From, bool Right);

    sealed record CountPin(PinSource From);
}
