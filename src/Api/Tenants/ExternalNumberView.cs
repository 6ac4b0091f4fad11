using TeleCube.Actors.Billing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;

namespace TeleCube.Api.Tenants;

/// <summary>An external number and the price at which it was accepted. The keys that it is sent may be a PIN: only an administrator sees them.</summary>
public sealed record ExternalNumberView(
    string Id, string Number, string Description, bool HasDtmfSequence, string? DtmfSequence, string? ShortCode, NumberPresentation Presentation,
    bool MayTransfer, bool SendsCallerBySms, AcceptedPriceView? Accepted)
{
    internal static ExternalNumberView Of(ExternalNumber number, Caller caller) => new(
        number.Id.Value, number.Number.Value, number.Description,
        number.DtmfSequence is not null, caller.Role is UserRole.Administrator ? number.DtmfSequence?.Value : null, number.ShortCode?.Value,
        number.Presentation,
        number.MayTransfer, number.SendsCallerBySms,
        number.Accepted is { } accepted ? AcceptedPriceView.Of(accepted) : null);
}

/// <summary>Who accepted which price, and when.</summary>
public sealed record AcceptedPriceView(
    string Destination, Money PricePerMinute, string Tariff, int TariffVersion, string By, DateTimeOffset At, Money? PricePerSms)
{
    internal static AcceptedPriceView Of(AcceptedPrice accepted) => new(
        accepted.Destination, Money.Of(accepted.PerMinute), accepted.Tariff.Value, accepted.TariffVersion, accepted.By, accepted.At,
        accepted.PerSms is { } sms ? Money.Of(sms) : null);
}

/// <summary>What forwarding to a number costs a minute; the id accepts exactly this for 15 minutes.</summary>
public sealed record QuoteView(
    string QuoteId, string Number, string Destination, string Net, string Gross, string Currency, string NetGroszePerMinute, string GrossGroszePerMinute,
    bool SmsAvailable, Money? SmsPrice, DateTimeOffset ExpiresAt)
{
    internal static QuoteView Of(PriceQuote quote, string id, NumberInfo info) => Of(quote, id, info, Money.Of(quote.PerMinute));

    static QuoteView Of(PriceQuote quote, string id, NumberInfo info, Money perMinute) => new(
        id, quote.Number.Value, quote.Destination, perMinute.Net, perMinute.Gross, perMinute.Currency, MoneyText.Grosze(quote.PerMinute.Net),
        MoneyText.Grosze(quote.PerMinute.Gross),
        info.TakesSms, quote.PerSms is { } sms ? Money.Of(sms) : null, quote.ExpiresAt);
}
