using TeleCube.Actors.Billing;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>The price of a leg, taken when it is dialled, so that a tariff changed during the call does not change it.</summary>
static class Rates
{
    /// <summary>Free (PRODUCT §11), and named in the record all the same.</summary>
    static readonly TariffRow _emergency = new(new TariffKey(TariffKeyKind.Named, "emergency"), "Numer alarmowy", Net: 0);

    public static BilledNumber? For(Turn turn, RouteStep.Dial dial)
    {
        if (dial.Emergency) return new BilledNumber(dial.Number, _emergency, 0);
        if (turn.World.Tenants.Find(turn.Call.Tenant) is not { } tenant || turn.World.View.TariffOf(tenant) is not { } tariff) return null;

        var row = DialledNumber.TryParse(dial.Number, out var number) ? tariff.Find(number, dial.OnNet) : null;
        return row is null ? null : new BilledNumber(dial.Number, row, tariff.VatAt(VatDay.Of(turn.Now)));
    }
}
