using TeleCube.Actors.Billing;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Sms;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Schemes;

/// <summary>Whether an SMS that an element wants goes out: to whom, at what price,
/// and how many went out of late. Real calls and simulations ask the same.</summary>
public sealed class SmsGate(SmsLedger ledger)
{
    public SmsVerdict Ask(TenantState tenant, SmsWish wish, IRoutingView view, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(view);
        if (!view.Numbers.Of(wish.To).TakesSms) return No("only Polish mobiles are sent one");
        if (view.TariffOf(tenant) is not { } tariff || tariff.Find(TariffKey.SmsPremium) is not { } row) return No("the tariff has no price for it");
        return ledger.TryCount(tenant.Id, wish.To, wish.Claimed, now) is { } refusal
            ? No(refusal)
            : new SmsVerdict(Rating.OfSms(row, tariff.VatAt(VatDay.Of(now))), $"an SMS goes to {wish.To.Masked}");

        SmsVerdict No(string why) => new(null, $"no SMS to {wish.To.Masked}: {why}");
    }
}

/// <summary>What an SMS costs that goes out (null: it does not), and why it does or not.</summary>
public sealed record SmsVerdict(Price? Price, string Why);
