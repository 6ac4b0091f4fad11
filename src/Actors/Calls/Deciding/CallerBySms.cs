using TeleCube.Actors.Billing;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Sms;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// The SMS with the caller's number (PRODUCT §2): when a call that came to the company begins to ring at an external number that wants it, once per call and
/// number. It never holds the call up: what becomes of it stands in the tenant's log of SMS.
/// </summary>
static class CallerBySms
{
    const string Withheld = "numer zastrzeżony";

    /// <summary>Said twice, also after a restart, it is sent once: its id is the call's and the number's.</summary>
    public static void Tell(Turn turn, Leg leg)
    {
        var call = turn.Call;
        if (leg.External is not { } id || call.DialledNumber is not { } dialled || turn.World.Tenants.Find(call.Tenant) is not { } tenant) return;
        if (!tenant.ExternalNumbers.TryGetValue(new ExternalNumberId(id), out var number) || !number.SendsCallerBySms) return;
        if (turn.World.View.TariffOf(tenant) is not { } tariff || tariff.Find(TariffKey.SmsPremium) is not { } row)
        {
            turn.Do(new CallEffect.Note("sms", $"no SMS to {number.Number.Masked}: the tariff has no price for it"));
            return;
        }

        var sms = new OutgoingSms($"{call.Id}-{id}", call.Tenant.Value, number.Number.Value, Text(call, dialled, turn.Now, tenant.TimeZone))
        {
            Call = call.Id.Value,
            Price = Rating.OfSms(row, tariff.VatAt(VatDay.Of(turn.Now))),
        };
        turn.Do(new CallEffect.Tell(SmsEntity.Of(call.Tenant, sms.Id), new SmsCommand.Send(sms)));
        turn.Do(new CallEffect.Note("sms", $"leg {leg.Number} rings: an SMS with the caller's number goes to {number.Number.Masked}"));
    }

    static string Text(CallState call, string dialled, DateTimeOffset now, string zone)
    {
        var caller = call.Caller == CallState.WithheldCaller ? Withheld : call.Caller;
        var there = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(zone));
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Dzwoni: {caller} na numer {dialled} ({there:yyyy-MM-dd HH:mm})");
    }
}
