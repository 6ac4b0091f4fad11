using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Prompts;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Voicemail;

namespace TeleCube.Actors.Schemes.Elements;

/// <summary>
/// Who knows the PIN of an extension's box listens to its messages, the new ones first, then those that were heard before, and records what its callers hear.
/// </summary>
public sealed partial record VoicemailMenuElement : SchemeElement
{
    const string NextExit = "next";

    /// <summary><see cref="ElementMemory.Position"/>.</summary>
    enum Stage
    {
        Pin, Checking, Count, Message, Marking, MarkingLast, Choosing, Deleting, Deleted, Farewell,
        Idle, BeforeGreeting, Greeting, KeepingGreeting, Restoring, // where there is nothing to hear
    }

    const int MostTries = 3;

    public required ExtensionNumber Extension { get; init; }

    /// <summary>The caller is a phone of the extension itself: a box without a PIN opens to it. Only the exchange knows that, by <c>*9</c>.</summary>
    public bool OwnPhone { get; init; }

    [JsonIgnore]
    public override ImmutableArray<ElementExit> Leaves => [new(NextExit, Required: false)];

    [JsonIgnore]
    public override IEnumerable<ElementNeed> Needs => [new ElementNeed.Extension("extension", Extension)];

    public override bool WaitsBefore(string exit, TenantState tenant) => true;

    public override IEnumerable<OptionFault> OptionFaults() => OwnPhone ? [new OptionFault("ownPhone", "is set by the exchange only, for *9")] : [];

    public override ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context) => ((Stage)memory.Position, news) switch
    {
        (_, ElementNews.Entered) => Entered(context),
        (Stage.Pin, ElementNews.Played) => Listen(memory, _firstDigit, "waits for the PIN", "", context),
        (Stage.Pin, ElementNews.Key(var key)) => PinKey(memory, key, context),
        (Stage.Pin, ElementNews.Silence) => PinOver(memory, context),
        (Stage.Checking, ElementNews.Said(var answer)) => PinChecked(memory, answer, context),
        (Stage.Checking, ElementNews.Silence) => AskPin(memory.Tries, "the box did not answer: asks again"),
        (Stage.Count, ElementNews.Played or ElementNews.Key) => ToNext(memory, context),
        (Stage.Message, ElementNews.Played) => Mark(memory, Stage.Marking),
        (Stage.Message or Stage.Choosing, ElementNews.Key(var key)) => Chosen(memory, key, context),
        (Stage.Marking, ElementNews.Said or ElementNews.Silence) => Choose(memory with { Tries = 0 }, []),
        (Stage.MarkingLast, ElementNews.Said or ElementNews.Silence) => ToNext(memory, context),
        (Stage.Choosing, ElementNews.Played) => new ElementStep.Listen(_choice, "waits for a choice") { Memory = memory },
        (Stage.Choosing, ElementNews.Silence) when memory.Tries + 1 < MostTries => Choose(memory with { Tries = memory.Tries + 1 }, []),
        (Stage.Choosing, ElementNews.Silence) => Bye([], "nothing was chosen"),
        (Stage.Deleting, ElementNews.Said(MailboxAnswer.Done)) =>
            new ElementStep.Play([Prompt("voicemail-deleted")], "the message is deleted") { Memory = At(memory, Stage.Deleted) },
        (Stage.Deleting, ElementNews.Said or ElementNews.Silence) => Choose(memory, [Prompt("error")]),
        (Stage.Deleted, ElementNews.Played or ElementNews.Key) => ToNext(memory, context),
        (Stage.Idle, ElementNews.Played) => new ElementStep.Listen(_choice, "waits for a choice") { Memory = memory },
        (Stage.Idle, ElementNews.Key(var key)) => Wanted(key),
        (Stage.Idle, ElementNews.Silence) => Bye([], "nothing was chosen"),
        (Stage.BeforeGreeting, ElementNews.Played) => RecordGreeting(memory),
        (Stage.Greeting, ElementNews.Recorded or ElementNews.Key('#')) => KeepGreeting(memory),
        (Stage.KeepingGreeting, ElementNews.Said(var answer)) => GreetingKept(answer, context),
        (Stage.KeepingGreeting, ElementNews.Silence) => Offer([], "the box did not answer"),
        (Stage.Restoring, ElementNews.Said(MailboxAnswer.Done)) => Offer([Prompt("voicemail-standard-greeting")], "callers hear the usual greeting"),
        (Stage.Restoring, ElementNews.Said or ElementNews.Silence) => Offer([Prompt("error")], "the greeting could not be given up"),
        (Stage.Farewell, ElementNews.Played) => new ElementStep.Leave(NextExit, "the caller is through", EndCause.HungUp),
        _ => new ElementStep.Stay("keys mean nothing here") { Memory = memory },
    };

    ElementStep Entered(ElementContext context)
    {
        if (!context.Tenant.Extensions.TryGetValue(Extension, out var owner)) return new ElementStep.Leave(NextExit, $"there is no extension {Extension}");
        if (Box(context).Pins.UntilFor(From(context), context.Now) is not null) return Bye([Prompt("pin-locked")], "too many PINs were wrong");
        return (owner.Voicemail.Pin, OwnPhone) switch
        {
            (not null, _) => AskPin(0, "asks for the PIN"),
            (null, true) => Count(context),
            _ => Bye([Prompt("not-allowed")], "the box has no PIN, so only a phone of the extension opens it"),
        };
    }

    ElementStep.Play Count(ElementContext context)
    {
        var counts = Box(context).Counts;
        var opened = new CallService(ServiceKind.Messages, Extension.Value);
        if (counts == default) return Offer([Prompt("voicemail-none")], "there are no messages") with { Served = opened };
        ImmutableArray<SoundId> said = counts.New > 0 ? Prompts(Spoken.In(context.Language).Messages(counts.New)) : [Prompt("voicemail-no-new")];
        return new ElementStep.Play(said, $"{counts.New} new messages, {counts.Old} old")
        {
            Memory = Only(Stage.Count) with { Since = context.Now },
            Served = opened,
        };
    }

    static ElementStep.Play Bye(ImmutableArray<SoundId> before, string reason) =>
        new ElementStep.Play([.. before, Prompt("goodbye")], reason) { Memory = Only(Stage.Farewell) };

    MailboxState Box(ElementContext context) => context.Mailboxes.Look(context.Tenant.Id, Extension) ?? MailboxState.Initial;

    /// <summary>Nothing else is remembered.</summary>
    static ElementMemory Only(Stage stage) => new(Position: (int)stage);

    static ElementMemory At(ElementMemory memory, Stage stage) => memory with { Position = (int)stage };

    static SoundId Prompt(string name) => SoundId.OfPrompt(name);

    static ImmutableArray<SoundId> Prompts(IReadOnlyList<string> names) => [.. names.Select(Prompt)];
}
