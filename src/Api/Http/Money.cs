using TeleCube.Actors.Billing;

namespace TeleCube.Api.Http;

/// <summary>An amount: decimal strings with four places, so that no client's floating point touches them.</summary>
public sealed record Money(string Net, string Gross, string Currency)
{
    public static Money Of(decimal net, decimal gross, string currency = "PLN") => new(MoneyText.Api(net), MoneyText.Api(gross), currency);

    public static Money Of(Price price, string currency = "PLN") => Of(price.Net, price.Gross, currency);
}
