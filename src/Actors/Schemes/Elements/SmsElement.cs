using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Sms;

namespace TeleCube.Actors.Schemes.Elements;

/// <summary>SMS: sends one to the caller, or to a fixed number, and goes on at once; once per call, however often the caller comes by.</summary>
public sealed record SmsElement : SchemeElement
{
    public const string NotSentExit = "notSent";

    const string NextExit = "next";
    const string Withheld = "numer zastrzeżony";
    const int MaxText = 480;
    const int MaxShown = 16; // of a caller's number: a plus and fifteen digits

    static readonly string[] _fields = ["{caller}", "{name}", "{dialled}", "{date}", "{time}"];

    /// <summary>Whom it goes to; null: the caller.</summary>
    public E164? To { get; init; }

    /// <summary><c>{caller}</c>, <c>{name}</c>, <c>{dialled}</c>, <c>{date}</c> and <c>{time}</c> stand for what they say.</summary>
    public required string Text { get; init; }

    [JsonIgnore]
    public override ImmutableArray<ElementExit> Leaves => [new(NextExit, Required: true), new(NotSentExit, Required: false)];

    public override IEnumerable<OptionFault> OptionFaults()
    {
        if (string.IsNullOrWhiteSpace(Text) || Text.Length > MaxText || Text.Any(letter => char.IsControl(letter) && letter != '\n'))
            yield return new OptionFault("text", $"must be 1 to {MaxText} characters");
        else if (WrongField(Text) is { } wrong)
            yield return new OptionFault("text", $"has '{wrong}', which stands for nothing: there are {string.Join(", ", _fields)}");
    }

    /// <summary>The first brace that belongs to no field, with what follows it up to the next.</summary>
    static string? WrongField(string text)
    {
        var rest = _fields.Aggregate(text, (left, field) => left.Replace(field, "", StringComparison.Ordinal));
        var start = rest.IndexOfAny(['{', '}']);
        if (start < 0) return null;
        var end = rest.IndexOf('}', start);
        return end < 0 ? rest[start..Math.Min(rest.Length, start + MaxShown)] : rest[start..(end + 1)];
    }

    public override ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context) => news switch
    {
        ElementNews.Texted(true, var why) => new ElementStep.Leave(NextExit, why),
        ElementNews.Texted(false, var why) => NotSent(why),
        _ when To is { } fixedNumber => Send(fixedNumber, claimed: false, context),
        _ when context.Caller is { Hidden: false } caller && E164.TryParse(caller.Number, out var number) => Send(number, claimed: true, context),
        _ => NotSent("no SMS: the caller has no number that could be sent one"),
    };

    /// <summary>Schemes that were made before there was this exit go on as if it had been sent.</summary>
    ElementStep.Leave NotSent(string why) => new(Exits.ContainsKey(NotSentExit) ? NotSentExit : NextExit, why);

    ElementStep.Text Send(E164 to, bool claimed, ElementContext context) => new(new SmsWish(to, Filled(context), claimed), $"an SMS is to go to {to.Masked}");

    string Filled(ElementContext context)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(context.Tenant.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        var local = TimeZoneInfo.ConvertTime(context.Now, zone);
        var shown = context.Caller is { Hidden: false, Number: { } own } && IsNumber(own) ? own : Withheld;
        var name = context.Caller is { Hidden: false, Name: { } given } && SmsName.Of(given) is { Length: > 0 } readable ? readable : shown;
        return SmsText.Capped(Text
            .Replace("{caller}", shown, StringComparison.Ordinal)
            .Replace("{name}", name, StringComparison.Ordinal)
            .Replace("{dialled}", context.Dialled?.Value ?? "", StringComparison.Ordinal)
            .Replace("{date}", local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{time}", local.ToString("HH:mm", CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }

    /// <summary>What a carrier gives as the caller's number may be any text.</summary>
    static bool IsNumber(string text) => text.Length is > 0 and <= MaxShown && !text.AsSpan(text[0] == '+' ? 1 : 0).ContainsAnyExceptInRange('0', '9');
}
