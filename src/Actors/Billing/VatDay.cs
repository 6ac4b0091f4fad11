namespace TeleCube.Actors.Billing;

/// <summary>The day by which a VAT rate is chosen: Poland's, whatever the tenant's time zone is.</summary>
public static class VatDay
{
    static readonly TimeZoneInfo _poland = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");

    public static DateOnly Of(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, _poland).DateTime);
}
