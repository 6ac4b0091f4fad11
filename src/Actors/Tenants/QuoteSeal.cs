using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Tenants;

/// <summary>
/// Makes quotes and their ids. An id is the quote itself under the platform's key, so that any node can open what
/// another gave out, also after a restart, and a person who only looks at prices writes nothing.
/// </summary>
public sealed class QuoteSeal(byte[] key, IPlatform platform, INumberInfo plan, TimeProvider clock)
{
    const int MacBytes = 32;

    /// <summary>Null if the tenant's tariff knows no price for the number.</summary>
    public PriceQuote? Quote(TenantState tenant, E164 number)
    {
        var onNet = platform.Current.HolderOf(number) is not null;
        if (platform.Current.TariffOf(tenant) is not { } tariff) return null;
        var row = tariff.Find(new DialledNumber.Public(number), onNet);
        if (row is null && !onNet) return null;
        var now = clock.GetUtcNow();
        var price = row is null ? Billing.Price.Zero : Billing.Rating.PerUnit(row, tariff.VatAt(Billing.VatDay.Of(now)));
        var info = plan.Of(number);
        return new PriceQuote(tenant.Id, number, info.Destination, tariff.Id, tariff.Version, price, now + PriceQuote.Lifetime)
        {
            PerSms = info.TakesSms && tariff.Find(Billing.TariffKey.SmsPremium) is { } sms
                ? Billing.Rating.OfSms(sms, tariff.VatAt(Billing.VatDay.Of(now)))
                : null,
        };
    }

    public string Seal(PriceQuote quote)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(quote, DomainJson.Default.PriceQuote);
        return Base64Url.EncodeToString([.. HMACSHA256.HashData(key, body), .. body]);
    }

    /// <summary>Null for what this platform never gave out.</summary>
    public PriceQuote? Open(string quoteId)
    {
        if (!Base64Url.IsValid(quoteId)) return null;
        var bytes = Base64Url.DecodeFromChars(quoteId);
        if (bytes.Length <= MacBytes) return null;
        var body = bytes.AsSpan(MacBytes);
        return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, body), bytes.AsSpan(0, MacBytes))
            ? JsonSerializer.Deserialize(body, DomainJson.Default.PriceQuote)
            : null;
    }
}
