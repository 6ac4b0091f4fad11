using TeleCube.Actors.Billing;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>The price of a leg, taken when it is dialled, so that a tariff changed during the call does not change it.</summary>
static class Rates
{
    public static BilledNumber? For(Turn turn, RouteStep.Dial dial)
    {
        if (dial.Emergency) return null; // free, PRODUCT §11
        if (turn.World.Tenants.Find(turn.Call.Tenant) is not { } tenant || turn.World.View.TariffOf(tenant) is not { } tariff) return null;

        var row = dial.OnNet ? tariff.Find(TariffKey.OnNet)
            : DialledNumber.TryParse(dial.Number, out var number) ? tariff.Find(number)
            : null;
        return row is null ? null : new BilledNumber(dial.Number, row, tariff.VatAt(Day(turn.Now, tenant.TimeZone)));
    }

    static DateOnly Day(DateTimeOffset at, string zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);
}
