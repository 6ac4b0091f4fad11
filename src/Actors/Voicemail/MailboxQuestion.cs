namespace TeleCube.Actors.Voicemail;

/// <summary>What a call asks of a box before it goes on; the answer comes when it is durable.</summary>
public abstract record MailboxQuestion
{
    MailboxQuestion() { }

    /// <summary>Whether this PIN is right; wrong ones are counted by where they come from.</summary>
    public sealed record CheckPin(string Pin, PinSource From) : MailboxQuestion
    {
        public override string ToString() => nameof(CheckPin); // never in a log
    }

    /// <summary>What became of what was just recorded; the call knows its id.</summary>
    public sealed record Outcome(string Recording = "") : MailboxQuestion;

    public sealed record MarkHeard(string Message) : MailboxQuestion;

    public sealed record Delete(string Message) : MailboxQuestion;

    public sealed record DeleteGreeting : MailboxQuestion;
}

/// <summary>What a box answers a call.</summary>
public enum MailboxAnswer { Done, PinRight, PinWrong, PinLocked, Kept, TooShort, Full, Failed }
