using System.Collections.Immutable;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Voicemail;

namespace TeleCube.Actors.Schemes.Elements;

/// <remarks>What there is to do where there is nothing (more) to hear: the owner's own greeting is recorded, heard, or given up.</remarks>
public sealed partial record VoicemailMenuElement
{
    static readonly TimeSpan _longestGreeting = TimeSpan.FromMinutes(1), _silence = TimeSpan.FromSeconds(6);

    static ElementStep.Play Offer(ImmutableArray<SoundId> before, string reason) =>
        new ElementStep.Play([.. before, Prompt("voicemail-greeting-menu")], reason) { Memory = Only(Stage.Idle) };

    ElementStep Wanted(char key) => key switch
    {
        '5' => BeginGreeting(),
        '6' => new ElementStep.Ask(Extension, new MailboxQuestion.DeleteGreeting(), "the caller gives up the own greeting") { Memory = Only(Stage.Restoring) },
        '0' => Offer([], "says what can be chosen"),
        '9' or '#' => Bye([], "the caller wants no more"),
        _ => Offer([Prompt("invalid-choice")], "this key means nothing"),
    };

    static ElementStep.Play BeginGreeting() => new ElementStep.Play([Prompt("voicemail-record-greeting"), Prompt("beep")], "the caller records a greeting")
    {
        Memory = Only(Stage.BeforeGreeting),
    };

    ElementStep.Record RecordGreeting(ElementMemory memory) =>
        new ElementStep.Record(Extension, _longestGreeting, _silence, $"records a greeting for extension {Extension}")
        {
            IsGreeting = true,
            Memory = At(memory, Stage.Greeting),
        };

    ElementStep.Ask KeepGreeting(ElementMemory memory) =>
        new ElementStep.Ask(Extension, new MailboxQuestion.Outcome(), "the greeting was spoken") { Memory = At(memory, Stage.KeepingGreeting) };

    ElementStep.Play GreetingKept(MailboxAnswer answer, ElementContext context) => answer switch
    {
        MailboxAnswer.Kept when Box(context).Greeting is { } greeting =>
            Offer([Prompt("voicemail-your-greeting"), VoicemailFiles.Sound(greeting.File)], "the greeting is kept: plays it"),
        MailboxAnswer.TooShort => Offer([Prompt("voicemail-too-short")], "the greeting is too short"),
        _ => Offer([Prompt("error")], "the greeting could not be kept"),
    };
}
