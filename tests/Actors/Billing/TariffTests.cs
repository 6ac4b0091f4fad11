using FsCheck;
using FsCheck.Fluent;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Tests.Billing;

/// <summary>The longest prefix wins, and the demo tariff has the rows that the product names.</summary>
public sealed class TariffTests
{
    static readonly Tariff _demo = DemoTariff.Create();

    [Theory]
    [InlineData("+48111222333", "Polska Stacjonarne", "0.0500")]
    [InlineData("+48943401128", "Polska Stacjonarne", "0.0500")]
    [InlineData("+48888777666", "Polska Komórka", "0.1100")]
    [InlineData("+4915112345678", "Niemcy Komórka", "0.6500")]
    public void The_demo_tariff_prices_public_numbers(string number, string name, string net)
    {
        var row = _demo.Find(E164.Parse(number));
        Assert.Equal((name, decimal.Parse(net, null)), (row?.Name, row?.Net));
    }

    [Fact]
    public void Short_numbers_have_rows_of_their_own()
    {
        Assert.True(DialledNumber.TryParse("118913", out var number));
        Assert.Equal("Informacja o numerach 118", _demo.Find(number)?.Name);
    }

    [Fact]
    public void On_net_is_free_and_an_sms_has_a_price()
    {
        Assert.Equal(0, _demo.Find(TariffKey.OnNet)?.Net);
        Assert.Equal(TariffUnit.Sms, _demo.Find(TariffKey.SmsPremium)?.Unit);
    }

    [Fact]
    public void Every_number_that_may_be_dialled_has_a_price()
    {
        var without = Enumerable.Range(1, 9999).Select(prefix => E164.Parse($"+{prefix}00000000000"[..13]))
            .Where(number => Permissions.Of(NumberingPlan.Embedded.Of(number).Class) is not null && _demo.Find(number) is null);
        Assert.Empty(without);
    }

    [Fact]
    public void The_vat_rate_is_that_of_the_day()
    {
        var tariff = new Tariff(new("t"), "T", 1) { Vat = [new(new(2030, 1, 1), 0.22m), new(new(2011, 1, 1), 0.23m)] };
        Assert.Equal([0m, 0.23m, 0.23m, 0.22m],
            [tariff.VatAt(new(2010, 12, 31)), tariff.VatAt(new(2011, 1, 1)), tariff.VatAt(new(2029, 12, 31)), tariff.VatAt(new(2030, 1, 1))]);
    }

    [Fact]
    public void The_found_row_is_the_longest_of_all_that_match() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from prefixes in Gen.Choose(1, 99_999).ListOf() from number in Gen.Choose(10_000_000, 99_999_999) select (prefixes, number)).ToArbitrary(),
        ((List<int> Prefixes, int Number) c) =>
        {
            var rows = c.Prefixes.Distinct().Select(p => new TariffRow(TariffKey.Prefix(p.ToString(null, null)), "", 0)).ToArray();
            var number = E164.Parse($"+{c.Number}");
            var expected = rows.Where(row => number.Value[1..].StartsWith(row.Key.Text, StringComparison.Ordinal)).MaxBy(row => row.Key.Text.Length);
            return new Tariff(new("t"), "", 1) { Rows = [.. rows] }.Find(number) == expected;
        }));
}
