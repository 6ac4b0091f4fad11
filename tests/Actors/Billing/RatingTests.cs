using FsCheck;
using FsCheck.Fluent;
using TeleCube.Actors.Billing;

namespace TeleCube.Actors.Tests.Billing;

/// <summary>PRODUCT §10's rounding, to the last digit.</summary>
public sealed class RatingTests
{
    const decimal Vat = 0.23m;

    static TariffRow Row(decimal net, int first = 1, int next = 1) => new(TariffKey.Prefix("48"), "Polska Stacjonarne", net, TariffUnit.Minute, first, next);

    [Theory]
    [InlineData(0, 1, 1, 1)]
    [InlineData(0.2, 1, 1, 1)]
    [InlineData(61, 1, 1, 61)]
    [InlineData(61.001, 1, 1, 62)]
    [InlineData(5, 60, 60, 60)]
    [InlineData(60, 60, 60, 60)]
    [InlineData(60.5, 60, 60, 120)]
    [InlineData(61, 60, 1, 61)]
    [InlineData(31, 30, 6, 36)]
    public void Seconds_are_charged_by_steps(double seconds, int first, int next, long charged) =>
        Assert.Equal(charged, Rating.ChargedSeconds(Row(0.05m, first, next), TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("0.0500", 60, "0.0500", "0.0115")]
    [InlineData("0.1100", 61, "0.1118", "0.0257")] // 0.111833… and 0.025714
    [InlineData("0.0500", 1, "0.0008", "0.0002")] // 0.000833… and 0.000184
    [InlineData("0.0030", 1, "0.0001", "0.0000")] // 0.00005 exactly: half goes up
    [InlineData("0.0000", 3600, "0.0000", "0.0000")]
    public void A_leg_is_rounded_once_and_its_vat_once(string net, int seconds, string legNet, string legVat)
    {
        var charge = Rating.OfLeg(Row(decimal.Parse(net, null)), TimeSpan.FromSeconds(seconds), Vat);
        Assert.Equal(new Price(decimal.Parse(legNet, null), decimal.Parse(legVat, null)), charge.Price);
    }

    [Theory]
    [InlineData("0.0500", "5,0", "6,2")]
    [InlineData("0.1100", "11,0", "13,5")]
    public void Prices_on_screen_are_those_of_the_guide(string net, string shownNet, string shownGross)
    {
        var price = Rating.PerUnit(Row(decimal.Parse(net, null)), Vat);
        Assert.Equal((shownNet, shownGross), (MoneyText.Grosze(price.Net), MoneyText.Grosze(price.Gross)));
    }

    [Fact]
    public void The_api_shows_four_decimals() => Assert.Equal("0.0615", MoneyText.Api(Rating.PerUnit(Row(0.05m), Vat).Gross));

    [Fact]
    public void A_call_is_the_sum_of_its_legs_not_a_rounding_of_them()
    {
        var leg = Rating.OfLeg(Row(0.05m), TimeSpan.FromSeconds(1), Vat);
        Assert.Equal(new Price(0.0024m, 0.0006m), Rating.OfCall([leg, leg, leg]));
    }

    [Fact]
    public void Net_is_within_half_a_unit_of_the_exact_amount_and_never_below_by_more() => Check.QuickThrowOnFailure(Prop.ForAll(
        Cases,
        (Case c) =>
        {
            var charge = Rating.OfLeg(Row(c.Net, c.First, c.Next), c.Talk, Vat);
            var exact = c.Net * charge.ChargedSeconds / 60m;
            var fault = charge.Price.Net - exact;
            return fault is > -0.00005m and <= 0.00005m;
        }));

    [Fact]
    public void Charged_seconds_cover_the_talk_by_less_than_a_step() => Check.QuickThrowOnFailure(Prop.ForAll(
        Cases,
        (Case c) =>
        {
            var charged = Rating.ChargedSeconds(Row(c.Net, c.First, c.Next), c.Talk);
            var spare = charged - c.Talk.TotalSeconds;
            return charged == c.First ? spare >= 0 || c.Talk <= TimeSpan.FromSeconds(c.First) : spare >= 0 && spare < c.Next + 1 && (charged - c.First) % c.Next == 0;
        }));

    [Fact]
    public void Gross_is_net_and_vat_and_has_four_decimals() => Check.QuickThrowOnFailure(Prop.ForAll(
        Cases,
        (Case c) =>
        {
            var price = Rating.OfLeg(Row(c.Net, c.First, c.Next), c.Talk, Vat).Price;
            return price.Gross == price.Net + price.Vat && decimal.Round(price.Gross, 4) == price.Gross
                && Math.Abs(price.Vat - (price.Net * Vat)) <= 0.00005m;
        }));

    static Arbitrary<Case> Cases { get; } = (
        from net in Gen.Choose(0, 100_000)
        from milliseconds in Gen.Choose(0, 20_000_000)
        from first in Gen.Choose(1, 120)
        from next in Gen.Choose(1, 120)
        select new Case(net / 10_000m, TimeSpan.FromMilliseconds(milliseconds), first, next)).ToArbitrary();

    public sealed record Case(decimal Net, TimeSpan Talk, int First, int Next);
}
