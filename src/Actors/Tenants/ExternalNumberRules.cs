using System.Diagnostics;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Kernel.Persistence;
using static TeleCube.Actors.Tenants.TenantCommand;
using static TeleCube.Actors.Tenants.TenantEvent;

namespace TeleCube.Actors.Tenants;

/// <summary>Numery Zewnętrzne: nothing is saved whose price was not shown and accepted (PRODUCT §2).</summary>
static class ExternalNumberRules
{
    public static Decision<TenantEvent> Decide(TenantState tenant, TenantCommand command, TenantContext context) => command switch
    {
        CreateExternalNumber(var number, var accepted, var by) => Create(tenant, number, accepted, by, context),
        UpdateExternalNumber update => Update(tenant, update, context),
        DeleteExternalNumber(var id, var ifMatch) => Delete(tenant, id, ifMatch),
        _ => throw new UnreachableException($"{command.GetType().Name} is no external number's command"),
    };

    static Decision<TenantEvent> Create(TenantState tenant, ExternalNumber number, PriceQuote? accepted, string by, TenantContext context)
    {
        if (tenant.ExternalNumbers.ContainsKey(number.Id)) return Decision<TenantEvent>.Reject(Refusals.ExternalNumberExists, number.Id.Value);
        if (Fault(tenant, number, context) is { } fault) return fault;
        return QuoteFault(tenant, number, accepted, context) is { } refused
            ? refused
            : new ExternalNumberSaved(number with { Accepted = Accept(accepted!, by, context.Now) });
    }

    static Decision<TenantEvent> Update(TenantState tenant, UpdateExternalNumber update, TenantContext context)
    {
        var number = update.Number;
        if (!tenant.ExternalNumbers.TryGetValue(number.Id, out var old))
            return Decision<TenantEvent>.Reject(Refusals.NoSuchExternalNumber, number.Id.Value);
        if (Versions.Check(update.IfMatch, old.Version) is { } stale) return stale;
        if (number.Number == old.Number && !(number.SendsCallerBySms && !old.SendsCallerBySms)) // an SMS has a price of its own
        {
            var changed = number with { Accepted = old.Accepted, Version = old.Version };
            if (changed == old) return Decision<TenantEvent>.Nothing;
            return Fault(tenant, number, context, old) is { } wrong ? wrong : new ExternalNumberSaved(changed);
        }

        if (Fault(tenant, number, context) is { } fault) return fault;
        return QuoteFault(tenant, number, update.Accepted, context) is { } refused
            ? refused
            : new ExternalNumberSaved(number with { Accepted = Accept(update.Accepted!, update.By, context.Now) });
    }

    static Decision<TenantEvent> Delete(TenantState tenant, ExternalNumberId id, long? ifMatch)
    {
        if (!tenant.ExternalNumbers.TryGetValue(id, out var old)) return Decision<TenantEvent>.Reject(Refusals.NoSuchExternalNumber, id.Value);
        if (Versions.Check(ifMatch, old.Version) is { } stale) return stale;
        var user = tenant.PhoneNumbers.Values.FirstOrDefault(phone => phone.ForwardTo == new ForwardTarget.ToExternalNumber(id));
        var usedBy = user?.Number.Value ?? QueueUses.OfConsultant(tenant, ConsultantId.Of(id))
            ?? SchemeUses.Of(tenant, need => need is ElementNeed.External(_, var needed) && needed == id);
        return usedBy is null ? new ExternalNumberDeleted(id) : Decision<TenantEvent>.Reject(Refusals.ExternalNumberInUse, usedBy);
    }

    static Rejection? Fault(TenantState tenant, ExternalNumber number, TenantContext context, ExternalNumber? old = null) =>
        NumberFault(tenant, number) ?? DigitsFault(tenant, number) ?? ShortCodeFault(tenant, number)
            ?? (old is { SendsCallerBySms: true } ? null : SmsFault(number, context));

    /// <summary>A number of the tenant's own would lead back into the exchange; the same number twice would be busy for itself.</summary>
    static Rejection? NumberFault(TenantState tenant, ExternalNumber number)
    {
        if (tenant.PhoneNumbers.ContainsKey(number.Number)) return new Rejection(Refusals.OwnNumber, number.Number.Value);
        var twin = tenant.ExternalNumbers.Values.FirstOrDefault(other => other.Id != number.Id && other.Number == number.Number);
        return twin is null ? null : new Rejection(Refusals.NumberTwice, twin.Id.Value);
    }

    /// <summary>Who is asked to press 1 cannot be sent keys at the same time.</summary>
    static Rejection? DigitsFault(TenantState tenant, ExternalNumber number) =>
        number.DtmfSequence is not null && QueueUses.OfPressOne(tenant, ConsultantId.Of(number.Id)) is { } queue
            ? new Rejection(Refusals.AskedToPressOne, $"{queue} asks it to press 1")
            : null;

    static Rejection? ShortCodeFault(TenantState tenant, ExternalNumber number)
    {
        if (number.ShortCode is not { } code) return null;
        if (code.IsReserved) return new Rejection(Refusals.ShortCodeReserved, $"*{code} is a code of the exchange itself");
        var twin = tenant.ExternalNumbers.Values.FirstOrDefault(other => other.Id != number.Id && other.ShortCode == code);
        if (twin is not null) return new Rejection(Refusals.ShortCodeTaken, $"{code} stands for {twin.Number}");
        var turned = tenant.Switches.Values.FirstOrDefault(other => other.KeysAfterStar == code.Value);
        return turned is null ? null : new Rejection(Refusals.ShortCodeTaken, $"*{code} turns switch {turned.Id}");
    }

    /// <summary>Only who takes an SMS can be sent one, and only what has a price is sent.</summary>
    static Rejection? SmsFault(ExternalNumber number, TenantContext context)
    {
        if (!number.SendsCallerBySms) return null;
        var info = context.Plan.Of(number.Number);
        if (!info.TakesSms)
            return new Rejection(Refusals.SmsNotAvailable, $"{number.Number} is {info.Destination}: only Polish mobiles take the SMS with the caller's number");
        return context.Tariff?.Find(TariffKey.SmsPremium) is null
            ? new Rejection(Refusals.NotPriced, $"the tariff has no price for an SMS ({TariffKey.SmsPremium})")
            : null;
    }

    static Rejection? QuoteFault(TenantState tenant, ExternalNumber number, PriceQuote? quote, TenantContext context)
    {
        if (quote is null) return new Rejection(Refusals.QuoteRequired);
        if (quote.ExpiresAt <= context.Now) return new Rejection(Refusals.QuoteExpired);
        var bound = quote.Tenant == tenant.Id && quote.Number == number.Number
            && quote.Tariff == context.Tariff?.Id && quote.TariffVersion == context.Tariff.Version;
        if (!bound) return new Rejection(Refusals.QuoteMismatch, "the quote is for another number or an older tariff");
        return number.SendsCallerBySms && quote.PerSms is null ? new Rejection(Refusals.QuoteMismatch, "the quote names no price of an SMS") : null;
    }

    static AcceptedPrice Accept(PriceQuote quote, string by, DateTimeOffset now) =>
        new(quote.Destination, quote.PerMinute, quote.Tariff, quote.TariffVersion, by, now) { PerSms = quote.PerSms };
}
