using System.Collections.Immutable;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Prompts;
using TeleCube.Actors.Voicemail;

namespace TeleCube.Actors.Schemes.Elements;

/// <remarks>Message by message: the new ones first, then those that were heard before; and what can be done with each.</remarks>
public sealed partial record VoicemailMenuElement
{
    /// <summary><see cref="ElementMemory.Digits"/> once the new messages are through.</summary>
    const string Old = "old";

    static readonly TimeSpan _choice = TimeSpan.FromSeconds(6);

    /// <summary>The message after the one that was heard. One of the new ones stays new for the whole visit, though it is marked as heard meanwhile.</summary>
    ElementStep.Play ToNext(ElementMemory memory, ElementContext context)
    {
        if (memory.Digits != Old && After(memory.Item, memory, context, old: false) is { } message) return Play(memory, message, context, []);
        var last = memory.Digits == Old ? memory.Item : null;
        if (After(last, memory, context, old: true) is not { } heard) return Offer([Prompt("voicemail-no-more")], "there are no more messages");
        return Play(memory with { Digits = Old }, heard, context, memory.Digits == Old ? [] : [Prompt("voicemail-old")]);
    }

    VoicemailMessage? After(string? last, ElementMemory memory, ElementContext context, bool old) => Box(context).Messages.Values
        .FirstOrDefault(message => string.CompareOrdinal(message.Id, last) > 0 && message.HeardAt < memory.Since == old);

    static ElementStep.Play Play(ElementMemory memory, VoicemailMessage message, ElementContext context, ImmutableArray<SoundId> before)
    {
        ImmutableArray<SoundId> caller =
            message.Caller is { } number ? [Prompt("voicemail-from"), .. Prompts(Spoken.Digits(number))] : [Prompt("voicemail-from-hidden")];
        var (day, at) = When(message, context);
        ImmutableArray<SoundId> all = [.. before, .. caller, .. day, Prompt("voicemail-at"), .. at, VoicemailFiles.Sound(message.File)];
        return new ElementStep.Play(all, $"plays message {message.Id}")
        {
            Memory = At(memory, Stage.Message) with { Item = message.Id, Tries = 0 },
        };
    }

    /// <summary>By the company's clock.</summary>
    static (ImmutableArray<SoundId> Day, ImmutableArray<SoundId> Time) When(VoicemailMessage message, ElementContext context)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(context.Tenant.TimeZone);
        var (left, now) = (TimeZoneInfo.ConvertTime(message.ReceivedAt, zone).DateTime, TimeZoneInfo.ConvertTime(context.Now, zone).DateTime);
        var spoken = Spoken.In(context.Language);
        return (Prompts(spoken.Day(DateOnly.FromDateTime(left), DateOnly.FromDateTime(now))), Prompts(spoken.Time(TimeOnly.FromDateTime(left))));
    }

    ElementStep Chosen(ElementMemory memory, char key, ElementContext context) => key switch
    {
        '1' when Box(context).Messages.GetValueOrDefault(memory.Item ?? "") is { } message => Play(memory, message, context, []),
        '2' or '#' => Mark(memory, Stage.MarkingLast),
        '3' => Ask(memory, new MailboxQuestion.Delete(memory.Item!), "the caller deletes the message", Stage.Deleting),
        '0' => Choose(memory, []),
        '5' => BeginGreeting(),
        '9' => Bye([], "the caller wants no more"),
        _ => Choose(memory, [Prompt("invalid-choice")]),
    };

    ElementStep.Ask Mark(ElementMemory memory, Stage stage) => Ask(memory, new MailboxQuestion.MarkHeard(memory.Item!), "the message was heard", stage);

    ElementStep.Ask Ask(ElementMemory memory, MailboxQuestion question, string reason, Stage stage) =>
        new ElementStep.Ask(Extension, question, reason) { Memory = At(memory, stage) };

    static ElementStep.Play Choose(ElementMemory memory, ImmutableArray<SoundId> before) =>
        new ElementStep.Play([.. before, Prompt("voicemail-menu")], "says what can be chosen") { Memory = At(memory, Stage.Choosing) };
}
