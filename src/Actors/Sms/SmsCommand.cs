namespace TeleCube.Actors.Sms;

/// <summary>What is said to an SMS.</summary>
public abstract record SmsCommand
{
    SmsCommand() { }

    /// <summary>Said again (after a restart, for a second leg to the same number) it does nothing.</summary>
    public sealed record Send(OutgoingSms Sms) : SmsCommand;

    /// <summary>What the gateway said.</summary>
    public sealed record Answered(SmsOutcome Outcome) : SmsCommand;

    public sealed record TryAgain : SmsCommand;

    /// <summary>After a restart: begin, so that what waits is sent.</summary>
    public sealed record Wake : SmsCommand;
}
