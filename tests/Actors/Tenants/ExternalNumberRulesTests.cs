using System.Text;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;
using TeleCube.Tests.Support;
using static TeleCube.Actors.Tests.Tenants.TenantSpec;

namespace TeleCube.Actors.Tests.Tenants;

/// <summary>PRODUCT §2: the price is shown and accepted before anything is saved.</summary>
public sealed class ExternalNumberRulesTests
{
    static readonly ExternalNumber _number = new(new("n1"), Stranger) { Description = "Prezes" };

    static readonly E164 _mobile = E164.Parse("+48501234567");

    static readonly PriceQuote _mobileQuote = Quote with { Number = _mobile, PerSms = new Price(0.15m, 0.0345m) };

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

    [Theory]
    [InlineData("21")]
    [InlineData("61")]
    [InlineData("62")]
    [InlineData("67")]
    public void A_short_code_is_no_code_of_the_exchange(string code) => Company()
        .When(new TenantCommand.CreateExternalNumber(_number with { ShortCode = Code(code) }, Quote, "admin")).ThenRejected(Refusals.ShortCodeReserved);

    [Fact]
    public void A_short_code_stands_for_one_number()
    {
        var company = Company().Given(new TenantEvent.ExternalNumberSaved(_number with { ShortCode = Code("022"), Accepted = _accepted }));
        var other = new ExternalNumber(new("n2"), _mobile) { ShortCode = Code("022") };
        company.When(new TenantCommand.CreateExternalNumber(other, _mobileQuote, "admin")).ThenRejected(Refusals.ShortCodeTaken);
        company.When(new TenantCommand.CreateExternalNumber(other with { ShortCode = Code("22") }, _mobileQuote, "admin"))
            .ThenState(tenant => tenant.ExternalNumbers.Count == 2);
        company.When(new TenantCommand.UpdateExternalNumber(_number with { ShortCode = Code("022"), Description = "Zarząd" }, null, "admin"))
            .ThenState(tenant => tenant.ExternalNumbers[_number.Id].Description == "Zarząd"); // its own code is no other's
        company.When(new TenantCommand.UpdateExternalNumber(_number with { ShortCode = Code("67") }, null, "admin")).ThenRejected(Refusals.ShortCodeReserved);
    }

    [Fact]
    public void What_turns_a_switch_stands_for_no_number_whichever_was_first()
    {
        var day = new ManualSwitch(new("day")) { Code = "22" };
        var number = new ExternalNumber(new("n2"), _mobile) { ShortCode = Code("722") };
        var turned = Company().Given(new TenantEvent.SwitchSaved(day));
        turned.When(new TenantCommand.CreateExternalNumber(number, _mobileQuote, "admin")).ThenRejected(Refusals.ShortCodeTaken);
        turned.When(new TenantCommand.CreateExternalNumber(number with { ShortCode = Code("22") }, _mobileQuote, "admin")).ThenState(tenant => tenant.ExternalNumbers.Count == 1);

        var called = Company().Given(new TenantEvent.ExternalNumberSaved(number));
        called.When(new TenantCommand.CreateSwitch(day)).ThenRejected(Refusals.SwitchCodeTaken);
        called.When(new TenantCommand.CreateSwitch(day with { Code = "2" })).ThenState(tenant => tenant.Switches.Count == 1);
        called.Given(new TenantEvent.SwitchSaved(day with { Code = null })).When(new TenantCommand.UpdateSwitch(day.Id, "Dzień", "22")).ThenRejected(Refusals.SwitchCodeTaken);
    }

    [Fact]
    public void Only_a_Polish_mobile_is_sent_the_callers_number_and_only_at_a_price()
    {
        Company().When(new TenantCommand.CreateExternalNumber(_number with { SendsCallerBySms = true }, Quote, "admin")).ThenRejected(Refusals.SmsNotAvailable);
        Company().Given(new TenantEvent.ExternalNumberSaved(_number))
            .When(new TenantCommand.UpdateExternalNumber(_number with { SendsCallerBySms = true }, null, "admin")).ThenRejected(Refusals.SmsNotAvailable);
        var told = new ExternalNumber(new("n2"), _mobile) { SendsCallerBySms = true };
        Company().When(new TenantCommand.CreateExternalNumber(told, _mobileQuote, "admin"))
            .ThenState(tenant => tenant.ExternalNumbers[told.Id] is { SendsCallerBySms: true, Accepted.PerSms: { Net: 0.15m } });

        var dear = TenantSpec.Tariff with { Rows = [.. TenantSpec.Tariff.Rows.Where(row => row.Key != TariffKey.SmsPremium)] };
        var before = Company().When(new TenantCommand.CreateExternalNumber(_number, Quote, "admin")).After;
        var decided = Tenant.Decide(before, new TenantCommand.CreateExternalNumber(told, _mobileQuote, "admin"), new TenantContext(Now, NumberingPlan.Embedded, dear));
        Assert.Equal(Refusals.NotPriced, decided.Rejection?.Code);
    }

    /// <summary>An SMS has a price of its own, and that of an older tariff was accepted for nothing that costs.</summary>
    [Fact]
    public void Who_is_to_be_sent_SMS_from_now_on_needs_a_new_quote()
    {
        foreach (var perSms in new Price?[] { null, new(0.05m, 0.0115m) })
        {
            var old = new ExternalNumber(new("n2"), _mobile) { Accepted = _accepted with { PerSms = perSms, TariffVersion = 0 } };
            var company = Company().Given(new TenantEvent.ExternalNumberSaved(old));
            var told = old with { SendsCallerBySms = true };
            company.When(new TenantCommand.UpdateExternalNumber(told, null, "admin")).ThenRejected(Refusals.QuoteRequired);
            company.When(new TenantCommand.UpdateExternalNumber(told, _mobileQuote with { PerSms = null }, "admin")).ThenRejected(Refusals.QuoteMismatch);
            company.When(new TenantCommand.UpdateExternalNumber(told, _mobileQuote, "admin"))
                .ThenState(tenant => tenant.ExternalNumbers[old.Id] is { SendsCallerBySms: true, Accepted: { PerSms.Net: 0.15m } price } && price.TariffVersion == TenantSpec.Tariff.Version);
        }

        var sent = new ExternalNumber(new("n2"), _mobile) { SendsCallerBySms = true, Accepted = _accepted with { PerSms = new(0.15m, 0.0345m) } };
        var later = Company().Given(new TenantEvent.ExternalNumberSaved(sent));
        later.When(new TenantCommand.UpdateExternalNumber(sent with { SendsCallerBySms = false }, null, "admin")).ThenState(tenant => !tenant.ExternalNumbers[sent.Id].SendsCallerBySms);
        later.When(new TenantCommand.UpdateExternalNumber(sent with { Description = "Szef" }, null, "admin")).ThenState(tenant => tenant.ExternalNumbers[sent.Id].Description == "Szef");
    }

    [Theory]
    [InlineData("123#", true)]
    [InlineData(",;*0", true)]
    [InlineData("", false)]
    [InlineData("12A", false)]
    [InlineData("12 3", false)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", true)]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000000", false)]
    public void A_sequence_has_at_most_sixty_four_keys_and_pauses(string text, bool isOne) => Assert.Equal(isOne, DtmfSequence.TryParse(text, out _));

    [Fact]
    public void A_sequence_is_never_printed_and_knows_its_length()
    {
        Assert.True(DtmfSequence.TryParse(",47;11#", out var keys));
        Assert.Equal("*******", keys.ToString());
        Assert.DoesNotContain("47", (_number with { DtmfSequence = keys }).ToString(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(5), keys.Length());
        Assert.Equal([",4", "7", ";1", "1", "#"], new[] { 0, 2, 3, 5, 6 }.Select(keys.Next));
        Assert.Equal(TimeSpan.FromSeconds(0.4), keys.Length(5));
    }

    [Fact]
    public void What_was_journaled_before_it_had_these_fields_is_read()
    {
        var old = """{"number":{"id":"n1","number":"+48111222333","description":"Prezes","presentation":"Passive","version":3}}""";
        var read = (TenantEvent.ExternalNumberSaved)new EventRegistry().AddDomain().Decode("tenant.external-number-saved", 1, Encoding.UTF8.GetBytes(old));
        Assert.Equal(new ExternalNumber(new("n1"), Stranger) { Description = "Prezes", Presentation = NumberPresentation.Passive, Version = 3 }, read.Number);
    }

    static ShortCode Code(string digits) => ShortCode.TryParse(digits, out var code) ? code : throw new ArgumentException($"no short code: {digits}", nameof(digits));

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
