using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Schemes.Holidays;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Schemes.Elements;

/// <summary>Warunki czasowe: the first period that holds by the company's clock is the exit; else <c>otherwise</c>.</summary>
public sealed record TimeConditionElement : SchemeElement
{
    const int MostPeriods = 20;

    public const string OtherwiseExit = "otherwise";

    /// <summary>In their order: an exception stands before the rule.</summary>
    public required ImmutableArray<TimePeriod> Periods { get; init; }

    [JsonIgnore]
    public override ImmutableArray<ElementExit> Leaves =>
        [.. Periods.Select(period => period.Exit).Append(OtherwiseExit).Distinct().Select(exit => new ElementExit(exit, Required: true))];

    [JsonIgnore]
    public override IEnumerable<ElementNeed> Needs => Periods.SelectMany((period, index) =>
        period.Switch is { } setting ? [new ElementNeed.Switch($"periods[{index}].switch.id", setting.Id)] : Array.Empty<ElementNeed>());

    public override IEnumerable<OptionFault> OptionFaults()
    {
        if (Periods.Length is 0 or > MostPeriods) yield return new OptionFault("periods", $"must have 1 to {MostPeriods} entries");
        for (var i = 0; i < Periods.Length; i++)
            foreach (var fault in Periods[i].Faults()) yield return fault with { Field = $"periods[{i}].{fault.Field}" };
    }

    public override ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context)
    {
        var local = LocalTime(context);
        var held = Periods.FirstOrDefault(period => IsSet(period.Switch, context.Tenant) && period.DayOf(local, HolidayCalendar.Polish) is not null);
        var clock = $"{local:dddd yyyy-MM-dd HH:mm} {context.Tenant.TimeZone}";
        if (held is null) return new ElementStep.Leave(OtherwiseExit, $"{clock} is in no period");
        var because = held.PublicHolidays is HolidayUse.Included && held.DayOf(local, HolidayCalendar.Polish) is { } day
            && HolidayCalendar.Polish.NameOf(day) is { } holiday
            ? day == DateOnly.FromDateTime(local) ? $" ({holiday})" : $" (from {holiday})"
            : "";
        var set = held.Switch is { } setting ? $", switch {setting.Id} is {(setting.On ? "on" : "off")}" : "";
        return new ElementStep.Leave(held.Exit, $"{clock}{because} is in period '{held.Exit}'{set}");
    }

    /// <summary>
    /// A moment has one local time, also when clocks are changed: hours that come twice are in the period twice, hours that are left out never.
    /// </summary>
    static DateTime LocalTime(ElementContext context) =>
        TimeZoneInfo.ConvertTime(context.Now, TimeZoneInfo.TryFindSystemTimeZoneById(context.Tenant.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc).DateTime;

    static bool IsSet(SwitchSetting? setting, TenantState tenant) =>
        setting is null || (tenant.Switches.TryGetValue(setting.Id, out var found) && found.On == setting.On);
}
