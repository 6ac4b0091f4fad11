using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Schemes.Elements;

/// <summary>SMS: sends one to the caller, or to a fixed number, and goes on at once; once per call, however often the caller comes by.</summary>
public sealed record SmsElement : SchemeElement
{
    const string NextExit = "next";
    const string Withheld = "numer zastrzeżony";
    const int MaxText = 480; // what three parts of an SMS with Polish letters hold, with something to spare for what is put in

    /// <summary>Whom it goes to; null: the caller.</summary>
    public E164? To { get; init; }

    /// <summary><c>{caller}</c>, <c>{name}</c>, <c>{dialled}</c>, <c>{date}</c> and <c>{time}</c> stand for what they say.</summary>
    public required string Text { get; init; }

    [JsonIgnore]
    public override ImmutableArray<ElementExit> Leaves => [new(NextExit, Required: true)];

    public override IEnumerable<OptionFault> OptionFaults() =>
        string.IsNullOrWhiteSpace(Text) || Text.Length > MaxText || Text.Any(letter => char.IsControl(letter) && letter != '\n')
            ? [new OptionFault("text", $"must be 1 to {MaxText} characters")]
            : [];

    public override ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context)
    {
        var to = To ?? (context.Caller is { Hidden: false } caller && E164.TryParse(caller.Number, out var number) ? number : null);
        return to is { } receiver
            ? new ElementStep.Leave(NextExit, $"an SMS goes to {receiver.Masked}") { Sms = new SmsWish(receiver, Filled(context)) }
            : new ElementStep.Leave(NextExit, "no SMS: the caller has no number that could be sent one");
    }

    string Filled(ElementContext context)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(context.Tenant.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        var local = TimeZoneInfo.ConvertTime(context.Now, zone);
        var shown = context.Caller is { Hidden: false, Number: { } own } ? own : Withheld;
        return Text
            .Replace("{caller}", shown, StringComparison.Ordinal)
            .Replace("{name}", context.Caller.Name ?? shown, StringComparison.Ordinal)
            .Replace("{dialled}", context.Dialled?.Value ?? "", StringComparison.Ordinal)
            .Replace("{date}", local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{time}", local.ToString("HH:mm", CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
