using TeleCube.Actors.Billing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Tenants;
using TeleCube.Tests.Support;
using static TeleCube.Actors.Tests.Tenants.TenantSpec;

namespace TeleCube.Actors.Tests.Tenants;

/// <summary>PRODUCT §2: the price is shown and accepted before anything is saved.</summary>
public sealed class ExternalNumberRulesTests
{
    static readonly ExternalNumber _number = new(new("n1"), Stranger) { Description = "Prezes" };

    static readonly AcceptedPrice _accepted =
        new("Polska Stacjonarne", new Price(0.05m, 0.0115m), TenantSpec.Tariff.Id, TenantSpec.Tariff.Version, "admin", Now);

    [Fact]
    public void An_accepted_quote_saves_it() => Company()
        .When(new TenantCommand.CreateExternalNumber(_number, Quote, "admin"))
        .Then(new TenantEvent.ExternalNumberSaved(_number with { Accepted = _accepted }));

    [Fact]
    public void Without_a_quote_nothing_is_saved() =>
        Company().When(new TenantCommand.CreateExternalNumber(_number, null, "admin")).ThenRejected(Refusals.QuoteRequired);

    [Fact]
    public void A_quote_lasts_fifteen_minutes() => Company(Now + TimeSpan.FromMinutes(15))
        .When(new TenantCommand.CreateExternalNumber(_number, Quote, "admin")).ThenRejected(Refusals.QuoteExpired);

    [Fact]
    public void A_quote_is_bound_to_number_tariff_and_tenant()
    {
        PriceQuote[] others =
        [
            Quote with { Number = E164.Parse("+48501234567") }, Quote with { TariffVersion = 7 },
            Quote with { Tariff = new("other") }, Quote with { Tenant = new("another") },
        ];
        foreach (var other in others)
            Company().When(new TenantCommand.CreateExternalNumber(_number, other, "admin")).ThenRejected(Refusals.QuoteMismatch);
    }

    [Fact]
    public void Only_a_changed_number_needs_a_new_quote()
    {
        var company = Company().Given(new TenantEvent.ExternalNumberSaved(_number with { Accepted = _accepted }));
        company.When(new TenantCommand.UpdateExternalNumber(_number with { Presentation = NumberPresentation.Passive }, null, "admin"))
            .ThenState(tenant => tenant.ExternalNumbers[_number.Id] is { Presentation: NumberPresentation.Passive, Accepted: not null });
        company.When(new TenantCommand.UpdateExternalNumber(_number with { Number = E164.Parse("+48501234567") }, null, "admin"))
            .ThenRejected(Refusals.QuoteRequired);
    }

    [Fact]
    public void An_own_number_is_refused() => Company()
        .When(new TenantCommand.CreateExternalNumber(_number with { Number = Landline }, Quote with { Number = Landline }, "admin"))
        .ThenRejected(Refusals.OwnNumber);

    [Fact]
    public void A_number_is_saved_once() => Company().Given(new TenantEvent.ExternalNumberSaved(_number))
        .When(new TenantCommand.CreateExternalNumber(_number with { Id = new("n2") }, Quote, "admin")).ThenRejected(Refusals.NumberTwice);

    [Fact]
    public void It_is_not_deleted_while_a_number_leads_to_it() => Company()
        .Given(new TenantEvent.ExternalNumberSaved(_number),
            new TenantEvent.PhoneNumbersSaved([new PhoneNumber(Landline) { ForwardTo = new ForwardTarget.ToExternalNumber(_number.Id) }]))
        .When(new TenantCommand.DeleteExternalNumber(_number.Id)).ThenRejected(Refusals.ExternalNumberInUse);

    [Fact]
    public void A_sealed_quote_opens_and_a_forged_one_does_not()
    {
        var platform = new PlatformRegistry();
        platform.Publish(PlatformState.Initial with { Tariffs = PlatformState.Initial.Tariffs.Add(TenantSpec.Tariff.Id, TenantSpec.Tariff) });
        var seal = new QuoteSeal(new byte[32], platform, NumberingPlan.Embedded, new ManualClock(Now));
        var quote = seal.Quote(Company().When(new TenantCommand.DropNumber(Stranger)).After, Stranger);
        Assert.Equal(Quote, quote);
        var id = seal.Seal(quote!);
        Assert.Equal(quote, seal.Open(id));
        Assert.Null(seal.Open(id[..^2] + (id.EndsWith("AA", StringComparison.Ordinal) ? "BB" : "AA")));
        Assert.Null(seal.Open("not base64!"));
        Assert.Null(new QuoteSeal([1, .. new byte[31]], platform, NumberingPlan.Embedded, new ManualClock(Now)).Open(id));
    }
}
