using TeleCube.Actors.Calls.Model;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Voicemail;

/// <summary>What is said to a voicemail box.</summary>
public abstract record MailboxCommand
{
    MailboxCommand() { }

    // by calls

    /// <summary>A caller begins to speak.</summary>
    public sealed record Begin(OpenRecording Recording) : MailboxCommand;

    /// <summary>After a restart: the caller has spoken before, whether the box had heard of it or not.</summary>
    public sealed record Close(OpenRecording Recording) : MailboxCommand;

    /// <summary>A call that waits for the answer, its <paramref name="Serial"/>th wait: <see cref="CallCommand.MailboxSays"/>.</summary>
    public sealed record Asked(CallId Call, int Serial, MailboxQuestion Question) : MailboxCommand;

    // by the recorder, and by what the box itself has begun

    /// <summary>The file is as long as it will become.</summary>
    public sealed record Finish(string Recording) : MailboxCommand;

    public sealed record Kept(string Recording, BlobName File, TimeSpan Length) : MailboxCommand;

    public sealed record NotKept(string Recording, MailboxAnswer Why, string Reason) : MailboxCommand;

    public sealed record PinChecked(bool Right, PinSource From) : MailboxCommand;

    /// <summary>The webhook is in the journal.</summary>
    public sealed record Notified(string Message) : MailboxCommand;

    // by people

    public sealed record MarkHeard(string Message, bool Heard) : MailboxCommand;

    public sealed record Delete(string Message) : MailboxCommand;

    /// <summary>Callers hear the settings' announcement again, or the exchange's words.</summary>
    public sealed record DeleteGreeting : MailboxCommand;

    /// <summary>Lifts the locks of the PIN.</summary>
    public sealed record Unlock : MailboxCommand;

    // by time, and by the exchange

    /// <summary>Deletes what is too old.</summary>
    public sealed record Expire : MailboxCommand;

    /// <summary>The extension is gone.</summary>
    public sealed record Clear : MailboxCommand;

    /// <summary>After a restart: begin, so that what was recorded is kept and what lies in the box is known.</summary>
    public sealed record Wake : MailboxCommand;
}

/// <summary>Asks a box for its <see cref="MailboxState"/>.</summary>
public sealed record GetMailbox;
