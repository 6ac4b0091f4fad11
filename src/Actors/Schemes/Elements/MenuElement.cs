using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Schemes.Elements;

/// <summary>IVR: the caller hears a prompt and chooses by a key, or dials an extension; each key that has an exit is a choice.</summary>
public sealed record MenuElement : SchemeElement
{
    const string TimeoutExit = "timeout", InvalidExit = "invalid", NotReachedExit = "notReached";
    const string Keys = "0123456789*#";

    static readonly SoundId _wrongChoice = SoundId.OfPrompt("invalid-choice"), _noChoice = SoundId.OfPrompt("no-choice");

    public required SoundId Sound { get; init; }

    /// <summary>Heard before the prompt is repeated after a wrong key; the exchange's own words by default.</summary>
    public SoundId? InvalidSound { get; init; }

    /// <summary>How long a key is waited for once the prompt is over.</summary>
    public int TimeoutSeconds { get; init; } = 5;

    /// <summary>How long the next digit of an extension is waited for.</summary>
    public int DigitTimeoutSeconds { get; init; } = 3;

    /// <summary>How often the prompt is repeated before the exit for silence or a wrong key is taken.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Whether the caller may dial any extension of the company.</summary>
    public bool DialExtensions { get; init; }

    [JsonIgnore]
    public override ImmutableArray<ElementExit> Leaves =>
        [.. Keys.Select(key => new ElementExit(key.ToString(), Required: false)), new(TimeoutExit, Required: true),
            new(InvalidExit, Required: true), new(NotReachedExit, Required: false)];

    [JsonIgnore]
    public override IEnumerable<ElementNeed> Needs =>
        InvalidSound is { } invalid
            ? [new ElementNeed.Sound("sound", Sound), new ElementNeed.Sound("invalidSound", invalid)]
            : [new ElementNeed.Sound("sound", Sound)];

    public override bool WaitsBefore(string exit, TenantState tenant) => true;

    public override IEnumerable<OptionFault> OptionFaults() =>
    [
        .. OptionFault.Within("timeoutSeconds", TimeoutSeconds, 1, 60),
        .. OptionFault.Within("digitTimeoutSeconds", DigitTimeoutSeconds, 1, 20),
        .. OptionFault.Within("retries", Retries, 0, 10),
    ];

    public override ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context) => news switch
    {
        ElementNews.Entered => new ElementStep.Play([Sound], $"plays {Sound} and waits for a choice"),
        ElementNews.Played when memory.Digits.Length > 0 => Chosen(memory, context),
        ElementNews.Played => new ElementStep.Listen(TimeSpan.FromSeconds(TimeoutSeconds), "waits for a choice") { Memory = memory },
        ElementNews.Key('#') when memory.Digits.Length > 0 => Chosen(memory, context), // as on a phone: that was all
        ElementNews.Key(var key) => Pressed(memory with { Digits = memory.Digits + key }, context),
        ElementNews.Silence when memory.Digits.Length > 0 => Chosen(memory, context),
        ElementNews.Silence => Again(memory, TimeoutExit, "nothing was pressed", [_noChoice, Sound]),
        ElementNews.NotReached(var cause) => new ElementStep.Leave(NotReachedExit, $"the extension that was dialled: {cause.Code}", cause),
        _ => new ElementStep.Stay("nothing to do") { Memory = memory },
    };

    /// <summary>A key that can be nothing but a choice is one at once; one with which an extension begins waits for the next.</summary>
    ElementStep Pressed(ElementMemory memory, ElementContext context) =>
        DialExtensions && context.Tenant.Extensions.Keys.Any(number => number.Value.Length > memory.Digits.Length
            && number.Value.StartsWith(memory.Digits, StringComparison.Ordinal))
            ? new ElementStep.Listen(TimeSpan.FromSeconds(DigitTimeoutSeconds), "waits for the next digit") { Memory = memory }
            : Chosen(memory, context);

    ElementStep Chosen(ElementMemory memory, ElementContext context)
    {
        if (memory.Digits.Length == 1 && Exits.ContainsKey(memory.Digits)) return new ElementStep.Leave(memory.Digits, $"the caller pressed {memory.Digits}");
        if (DialExtensions && ExtensionNumber.TryParse(memory.Digits, out var number) && context.Tenant.Extensions.ContainsKey(number))
            return new ElementStep.Ring(
                context.Plan.ToExtension(context.Tenant, number, context.Caller, context.Call), $"the caller dialled extension {number}");
        return Again(memory, InvalidExit, memory.Digits.Length == 1 ? $"{memory.Digits} is no choice" : $"{memory.Digits.Length} keys are no choice",
            [InvalidSound ?? _wrongChoice, Sound]);
    }

    ElementStep Again(ElementMemory memory, string exit, string reason, ImmutableArray<SoundId> sounds) =>
        Failed(memory, exit) is var failed && memory.Tries >= Retries
            ? new ElementStep.Leave(exit, $"{reason}: {Tally(failed)}")
            : new ElementStep.Play(sounds, $"{reason}: asks again") { Memory = failed };

    static ElementMemory Failed(ElementMemory memory, string exit) =>
        new(Tries: memory.Tries + 1) { Wrong = memory.Wrong + (exit == InvalidExit ? 1 : 0) };

    /// <summary>The last try says where the call goes on; the others may have failed otherwise.</summary>
    static string Tally(ElementMemory failed) => (failed.Wrong, Silent: failed.Tries - failed.Wrong) switch
    {
        (0, var silent) => $"{silent} times nothing",
        (var wrong, 0) => $"{wrong} times no choice",
        var (wrong, silent) => $"{wrong} times no choice and {silent} times nothing",
    };
}
