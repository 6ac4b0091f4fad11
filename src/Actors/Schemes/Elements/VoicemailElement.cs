using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Voicemail;

namespace TeleCube.Actors.Schemes.Elements;

/// <summary>Poczta głosowa: the caller hears the greeting of an extension's box and leaves a message after the tone, up to a hash or a silence.</summary>
public sealed record VoicemailElement : SchemeElement
{
    const string NextExit = "next";
    const int Greeting = 0, Speaking = 1, Asking = 2, Farewell = 3; // ElementMemory.Position
    const int MostTries = 3;
    const char Done = '#';

    static readonly TimeSpan _silence = TimeSpan.FromSeconds(6);
    static readonly SoundId _beep = SoundId.OfPrompt("beep");

    /// <summary>Whose box it is; it need not take the extension's own calls.</summary>
    public required ExtensionNumber Extension { get; init; }

    [JsonIgnore]
    public override ImmutableArray<ElementExit> Leaves => [new(NextExit, Required: false)];

    [JsonIgnore]
    public override IEnumerable<ElementNeed> Needs => [new ElementNeed.Extension("extension", Extension)];

    public override bool WaitsBefore(string exit, TenantState tenant) => true;

    public override ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context) => (memory.Position, news) switch
    {
        (_, ElementNews.Entered) => Entered(context),
        (Greeting, ElementNews.Played) => Record(memory, context),
        (Greeting, ElementNews.Key(Done)) => new ElementStep.Play([_beep], "the caller skips the greeting") { Memory = memory },
        (Speaking, ElementNews.Recorded) => Ask(memory, "the caller has spoken"),
        (Speaking, ElementNews.Key(Done)) => Ask(memory, "the caller has spoken, and pressed #"),
        (Asking, ElementNews.Said(var answer)) => Told(memory, answer),
        (Asking, ElementNews.Silence) => Told(memory, MailboxAnswer.Failed),
        (Farewell, ElementNews.Played) => new ElementStep.Leave(NextExit, "the caller was told", EndCause.HungUp),
        _ => new ElementStep.Stay("keys mean nothing here") { Memory = memory },
    };

    ElementStep Entered(ElementContext context)
    {
        if (!context.Tenant.Extensions.TryGetValue(Extension, out var owner)) return new ElementStep.Leave(NextExit, $"there is no extension {Extension}");
        var box = context.Mailboxes.Look(context.Tenant.Id, Extension);
        if (box?.Messages.Count >= owner.Voicemail.MaxMessages) return Tell("voicemail-full", "the box is full");
        var greeting = box?.Greeting is { } spoken ? VoicemailFiles.Sound(spoken.File)
            : owner.Voicemail.Greeting is { } own && context.Tenant.Announcements.ContainsKey(own) ? SoundId.Of(own)
            : SoundId.OfPrompt("voicemail-greeting");
        return new ElementStep.Play([greeting, _beep], $"plays {greeting} for extension {Extension}");
    }

    ElementStep.Record Record(ElementMemory memory, ElementContext context)
    {
        var longest = context.Tenant.Extensions.GetValueOrDefault(Extension)?.Voicemail.MaxLength ?? VoicemailSettings.DefaultLength;
        return new ElementStep.Record(Extension, longest, _silence, $"records a message for extension {Extension}")
        {
            Memory = memory with { Position = Speaking },
        };
    }

    ElementStep.Ask Ask(ElementMemory memory, string reason) =>
        new ElementStep.Ask(Extension, new MailboxQuestion.Outcome(), reason) { Memory = memory with { Position = Asking } };

    ElementStep.Play Told(ElementMemory memory, MailboxAnswer answer) => answer switch
    {
        MailboxAnswer.Kept => Tell("voicemail-saved", "the message is kept") with { Served = new CallService(ServiceKind.Voicemail, Extension.Value) },
        MailboxAnswer.Full => Tell("voicemail-full", "the box is full"),
        MailboxAnswer.TooShort when memory.Tries + 1 < MostTries => new ElementStep.Play(
            [SoundId.OfPrompt("voicemail-too-short"), SoundId.OfPrompt("voicemail-after-tone"), _beep], "the message is too short: asks again")
        {
            Memory = new ElementMemory(Tries: memory.Tries + 1),
        },
        MailboxAnswer.TooShort => Tell("voicemail-too-short", "the message is too short"),
        _ => Tell("error", "the message could not be kept"),
    };

    static ElementStep.Play Tell(string prompt, string reason) => new([SoundId.OfPrompt(prompt)], reason) { Memory = new ElementMemory(Position: Farewell) };
}
