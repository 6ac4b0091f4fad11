using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Prompts;
using TeleCube.Actors.Voicemail;

namespace TeleCube.Actors.Schemes.Elements;

/// <summary>Who knows the PIN of an extension's box listens to its messages: the new ones first, then those that were heard before.</summary>
public sealed record VoicemailMenuElement : SchemeElement
{
    const string NextExit = "next";

    /// <summary><see cref="ElementMemory.Position"/>.</summary>
    enum Stage { Pin, Checking, Count, Message, Marking, MarkingLast, Choosing, Deleting, Deleted, Farewell }

    /// <summary><see cref="ElementMemory.Digits"/> once the new messages are through.</summary>
    const string Old = "old";

    const int MostTries = 3, MostDigits = 10;

    static readonly TimeSpan _firstDigit = TimeSpan.FromSeconds(8), _nextDigit = TimeSpan.FromSeconds(5), _choice = TimeSpan.FromSeconds(6);

    public required ExtensionNumber Extension { get; init; }

    /// <summary>The caller is a phone of the extension itself: a box without a PIN opens to it. Only the exchange knows that, by <c>*9</c>.</summary>
    public bool OwnPhone { get; init; }

    [JsonIgnore]
    public override ImmutableArray<ElementExit> Leaves => [new(NextExit, Required: false)];

    [JsonIgnore]
    public override IEnumerable<ElementNeed> Needs => [new ElementNeed.Extension("extension", Extension)];

    public override bool WaitsBefore(string exit) => true;

    public override IEnumerable<OptionFault> OptionFaults() => OwnPhone ? [new OptionFault("ownPhone", "is set by the exchange only, for *9")] : [];

    public override ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context) => ((Stage)memory.Position, news) switch
    {
        (_, ElementNews.Entered) => Entered(context),
        (Stage.Pin, ElementNews.Played) => new ElementStep.Listen(_firstDigit, "waits for the PIN") { Memory = memory with { Secret = "" } },
        (Stage.Pin, ElementNews.Key(var key)) => PinKey(memory, key),
        (Stage.Pin, ElementNews.Silence) => PinOver(memory),
        (Stage.Checking, ElementNews.Said(var answer)) => PinChecked(memory, answer, context),
        (Stage.Checking, ElementNews.Silence) => AskPin(memory.Tries, "the box did not answer: asks again"),
        (Stage.Count, ElementNews.Played or ElementNews.Key) => ToNext(memory, context),
        (Stage.Message, ElementNews.Played) => Mark(memory, Stage.Marking),
        (Stage.Message or Stage.Choosing, ElementNews.Key(var key)) => Chosen(memory, key, context),
        (Stage.Marking, ElementNews.Said or ElementNews.Silence) => Choose(memory with { Tries = 0 }, []),
        (Stage.MarkingLast, ElementNews.Said or ElementNews.Silence) => ToNext(memory, context),
        (Stage.Choosing, ElementNews.Played) => new ElementStep.Listen(_choice, "waits for a choice") { Memory = memory },
        (Stage.Choosing, ElementNews.Silence) => memory.Tries + 1 < MostTries ? Choose(memory with { Tries = memory.Tries + 1 }, []) : Bye([], "nothing was chosen"),
        (Stage.Deleting, ElementNews.Said) => new ElementStep.Play([Prompt("voicemail-deleted")], "the message is deleted") { Memory = At(memory, Stage.Deleted) },
        (Stage.Deleting, ElementNews.Silence) => Choose(memory, [Prompt("error")]),
        (Stage.Deleted, ElementNews.Played or ElementNews.Key) => ToNext(memory, context),
        (Stage.Farewell, ElementNews.Played) => new ElementStep.Leave(NextExit, "the caller is through", EndCause.HungUp),
        _ => new ElementStep.Stay("keys mean nothing here") { Memory = memory },
    };

    ElementStep Entered(ElementContext context)
    {
        if (!context.Tenant.Extensions.TryGetValue(Extension, out var owner)) return new ElementStep.Leave(NextExit, $"there is no extension {Extension}");
        if (Box(context).IsLocked(context.Now)) return Bye([Prompt("pin-locked")], "too many PINs were wrong");
        return (owner.Voicemail.Pin, OwnPhone) switch
        {
            (not null, _) => AskPin(0, "asks for the PIN"),
            (null, true) => Count(context),
            _ => Bye([Prompt("not-allowed")], "the box has no PIN, so only a phone of the extension opens it"),
        };
    }

    static ElementStep.Play AskPin(int tries, string reason, params ImmutableArray<SoundId> before) =>
        new ElementStep.Play([.. before, Prompt("enter-pin")], reason) { Memory = new ElementMemory(Tries: tries) { Secret = "" } };

    ElementStep PinKey(ElementMemory memory, char key) => (key, memory.Secret ?? "") switch
    {
        ('#', { Length: > 0 }) => CheckPin(memory),
        ('#', _) => PinOver(memory),
        ('*', _) => new ElementStep.Listen(_firstDigit, "the PIN is begun anew") { Memory = memory with { Secret = "" } },
        (_, { Length: >= MostDigits - 1 } digits) => CheckPin(memory with { Secret = digits + key }),
        var (_, digits) => new ElementStep.Listen(_nextDigit, "waits for more of the PIN") { Memory = memory with { Secret = digits + key } },
    };

    ElementStep PinOver(ElementMemory memory) =>
        memory.Secret is { Length: > 0 } ? CheckPin(memory)
        : memory.Tries + 1 < MostTries ? AskPin(memory.Tries + 1, "no PIN was entered: asks again")
        : Bye([], "no PIN was entered");

    ElementStep.Ask CheckPin(ElementMemory memory) =>
        new ElementStep.Ask(Extension, new MailboxQuestion.CheckPin(memory.Secret!), "a PIN was entered") { Memory = At(memory, Stage.Checking) with { Secret = null } };

    ElementStep.Play PinChecked(ElementMemory memory, MailboxAnswer answer, ElementContext context) => answer switch
    {
        MailboxAnswer.PinRight => Count(context),
        MailboxAnswer.PinLocked => Bye([Prompt("pin-locked")], "too many PINs were wrong"),
        MailboxAnswer.PinWrong when memory.Tries + 1 < MostTries => AskPin(memory.Tries + 1, "the PIN is wrong: asks again", Prompt("wrong-pin")),
        MailboxAnswer.PinWrong => Bye([Prompt("wrong-pin")], "the PIN is wrong"),
        _ => Bye([Prompt("error")], "the PIN could not be checked"),
    };

    ElementStep.Play Count(ElementContext context)
    {
        var counts = Box(context).Counts;
        if (counts == default) return Bye([Prompt("voicemail-none")], "there are no messages");
        ImmutableArray<SoundId> said = counts.New > 0 ? Prompts(Spoken.In(context.Language).Messages(counts.New)) : [Prompt("voicemail-no-new")];
        return new ElementStep.Play(said, $"{counts.New} new messages, {counts.Old} old") { Memory = new ElementMemory(Position: (int)Stage.Count) { Since = context.Now } };
    }

    /// <summary>The message after the one that was heard. One of the new ones stays new for the whole visit, though it is marked as heard meanwhile.</summary>
    ElementStep.Play ToNext(ElementMemory memory, ElementContext context)
    {
        if (memory.Digits != Old && After(memory.Item, memory, context, old: false) is { } message) return Play(memory, message, context, []);
        var last = memory.Digits == Old ? memory.Item : null;
        if (After(last, memory, context, old: true) is not { } heard) return Bye([Prompt("voicemail-no-more")], "there are no more messages");
        return Play(memory with { Digits = Old }, heard, context, memory.Digits == Old ? [] : [Prompt("voicemail-old")]);
    }

    VoicemailMessage? After(string? last, ElementMemory memory, ElementContext context, bool old) => Box(context).Messages.Values
        .FirstOrDefault(message => string.CompareOrdinal(message.Id, last) > 0 && message.HeardAt < memory.Since == old);

    static ElementStep.Play Play(ElementMemory memory, VoicemailMessage message, ElementContext context, ImmutableArray<SoundId> before)
    {
        var there = TimeZoneInfo.ConvertTime(message.ReceivedAt, TimeZoneInfo.FindSystemTimeZoneById(context.Tenant.TimeZone));
        ImmutableArray<SoundId> caller = message.Caller is { } number ? [Prompt("voicemail-from"), .. Prompts(Spoken.Digits(number))] : [Prompt("voicemail-from-hidden")];
        var at = Prompts(Spoken.In(context.Language).Time(TimeOnly.FromDateTime(there.DateTime)));
        return new ElementStep.Play([.. before, .. caller, Prompt("voicemail-at"), .. at, VoicemailFiles.Sound(message.File)], $"plays message {message.Id}")
        {
            Memory = At(memory, Stage.Message) with { Item = message.Id, Tries = 0 },
        };
    }

    ElementStep Chosen(ElementMemory memory, char key, ElementContext context) => key switch
    {
        '1' when Box(context).Messages.GetValueOrDefault(memory.Item ?? "") is { } message => Play(memory, message, context, []),
        '2' or '#' => Mark(memory, Stage.MarkingLast),
        '3' => new ElementStep.Ask(Extension, new MailboxQuestion.Delete(memory.Item!), "the caller deletes the message") { Memory = At(memory, Stage.Deleting) },
        '0' => Choose(memory, []),
        '9' => Bye([], "the caller wants no more"),
        _ => Choose(memory, [Prompt("invalid-choice")]),
    };

    ElementStep.Ask Mark(ElementMemory memory, Stage stage) =>
        new ElementStep.Ask(Extension, new MailboxQuestion.MarkHeard(memory.Item!), "the message was heard") { Memory = At(memory, stage) };

    static ElementStep.Play Choose(ElementMemory memory, ImmutableArray<SoundId> before) =>
        new ElementStep.Play([.. before, Prompt("voicemail-menu")], "says what can be chosen") { Memory = At(memory, Stage.Choosing) };

    static ElementStep.Play Bye(ImmutableArray<SoundId> before, string reason) =>
        new ElementStep.Play([.. before, Prompt("goodbye")], reason) { Memory = new ElementMemory(Position: (int)Stage.Farewell) };

    MailboxState Box(ElementContext context) => context.Mailboxes.Look(context.Tenant.Id, Extension) ?? MailboxState.Initial;

    static ElementMemory At(ElementMemory memory, Stage stage) => memory with { Position = (int)stage };

    static SoundId Prompt(string name) => SoundId.OfPrompt(name);

    static ImmutableArray<SoundId> Prompts(IReadOnlyList<string> names) => [.. names.Select(Prompt)];
}
