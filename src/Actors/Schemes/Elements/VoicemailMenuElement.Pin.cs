using System.Collections.Immutable;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Voicemail;

namespace TeleCube.Actors.Schemes.Elements;

/// <remarks>The PIN: bounded in length, in the time for each digit and for all of them, and in tries; the box counts the wrong ones.</remarks>
public sealed partial record VoicemailMenuElement
{
    const int MostDigits = 10;

    static readonly TimeSpan _firstDigit = TimeSpan.FromSeconds(8), _nextDigit = TimeSpan.FromSeconds(5);

    /// <summary>However often it is begun anew.</summary>
    static readonly TimeSpan _wholePin = TimeSpan.FromMinutes(1);

    PinSource From(ElementContext context) => PinSource.Of(context.Who, Extension);

    static ElementStep.Play AskPin(int tries, string reason, params ImmutableArray<SoundId> before) =>
        new ElementStep.Play([.. before, Prompt("enter-pin")], reason) { Memory = new ElementMemory(Tries: tries) { Secret = "" } };

    ElementStep PinKey(ElementMemory memory, char key, ElementContext context) => (key, memory.Secret ?? "") switch
    {
        _ when context.Now - memory.Since >= _wholePin => PinOver(memory with { Secret = "" }, context),
        ('#', { Length: > 0 }) => CheckPin(memory, context),
        ('#', _) => PinOver(memory, context),
        ('*', _) => Listen(memory, _firstDigit, "the PIN is begun anew", "", context),
        (_, { Length: >= MostDigits - 1 } digits) => CheckPin(memory with { Secret = digits + key }, context),
        var (_, digits) => Listen(memory, _nextDigit, "waits for more of the PIN", digits + key, context),
    };

    static ElementStep.Listen Listen(ElementMemory memory, TimeSpan time, string reason, string digits, ElementContext context) =>
        new ElementStep.Listen(time, reason) { Memory = memory with { Secret = digits, Since = memory.Since ?? context.Now } };

    ElementStep PinOver(ElementMemory memory, ElementContext context) =>
        memory.Secret is { Length: > 0 } ? CheckPin(memory, context)
        : memory.Tries + 1 < MostTries ? AskPin(memory.Tries + 1, "no PIN was entered: asks again")
        : Bye([], "no PIN was entered");

    ElementStep.Ask CheckPin(ElementMemory memory, ElementContext context) =>
        new ElementStep.Ask(Extension, new MailboxQuestion.CheckPin(memory.Secret!, From(context)), "a PIN was entered")
        {
            Memory = At(memory, Stage.Checking) with { Secret = null, Since = null },
        };

    ElementStep.Play PinChecked(ElementMemory memory, MailboxAnswer answer, ElementContext context) => answer switch
    {
        MailboxAnswer.PinRight => Count(context),
        MailboxAnswer.PinLocked => Bye([Prompt("pin-locked")], "too many PINs were wrong"),
        MailboxAnswer.PinWrong when memory.Tries + 1 < MostTries => AskPin(memory.Tries + 1, "the PIN is wrong: asks again", Prompt("wrong-pin")),
        MailboxAnswer.PinWrong => Bye([Prompt("wrong-pin")], "the PIN is wrong"),
        _ => Bye([Prompt("error")], "the PIN could not be checked"),
    };
}
