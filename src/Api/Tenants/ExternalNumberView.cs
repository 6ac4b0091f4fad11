using TeleCube.Actors.Billing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;

namespace TeleCube.Api.Tenants;

/// <summary>An external number and the price at which it was accepted.</summary>
public sealed record ExternalNumberView(string Id, string Number, string Description, NumberPresentation Presentation, AcceptedPriceView? Accepted)
{
    internal static ExternalNumberView Of(ExternalNumber number) => new(
        number.Id.Value, number.Number.Value, number.Description, number.Presentation,
        number.Accepted is { } accepted ? AcceptedPriceView.Of(accepted) : null);
}

/// <summary>Who accepted which price, and when.</summary>
public sealed record AcceptedPriceView(string Destination, Money PricePerMinute, string Tariff, int TariffVersion, string By, DateTimeOffset At)
{
    internal static AcceptedPriceView Of(AcceptedPrice accepted) => new(
        accepted.Destination, Money.Of(accepted.PerMinute), accepted.Tariff.Value, accepted.TariffVersion, accepted.By, accepted.At);
}

/// <summary>What forwarding to a number costs a minute; the id accepts exactly this for 15 minutes.</summary>
public sealed record QuoteView(
    string QuoteId, string Number, string Destination, string Net, string Gross, string Currency, string NetGroszePerMinute, string GrossGroszePerMinute,
    bool SmsAvailable, Money? SmsPrice, DateTimeOffset ExpiresAt)
{
    internal static QuoteView Of(PriceQuote quote, string id, NumberInfo info, Price? sms) => Of(quote, id, info, sms, Money.Of(quote.PerMinute));

    static QuoteView Of(PriceQuote quote, string id, NumberInfo info, Price? sms, Money perMinute) => new(
        id, quote.Number.Value, quote.Destination, perMinute.Net, perMinute.Gross, perMinute.Currency, MoneyText.Grosze(quote.PerMinute.Net), MoneyText.Grosze(quote.PerMinute.Gross),
        info.TakesSms, info.TakesSms && sms is { } price ? Money.Of(price) : null, quote.ExpiresAt);
}
