using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Tests.Numbers;

/// <summary>The plan that ships, and the faults of a replaced one.</summary>
public sealed class NumberingPlanTests
{
    static readonly NumberingPlan _plan = NumberingPlan.Embedded;

    [Theory]
    [InlineData("+48111222333", NumberClass.National, "Polska Stacjonarne", "Polska")]
    [InlineData("+48943401128", NumberClass.National, "Polska Stacjonarne", "Polska > Koszalin")]
    [InlineData("+48221234567", NumberClass.National, "Polska Stacjonarne", "Polska > Warszawa")]
    [InlineData("+48888777666", NumberClass.Mobile, "Polska Komórka - T-Mobile", "Polska")]
    [InlineData("+48501234567", NumberClass.Mobile, "Polska Komórka - Orange", "Polska")]
    [InlineData("+48601234567", NumberClass.Mobile, "Polska Komórka - Plus", "Polska")]
    [InlineData("+48530234567", NumberClass.Mobile, "Polska Komórka - Play", "Polska")]
    [InlineData("+48729712345", NumberClass.Mobile, "Polska Komórka - Plus", "Polska")]
    [InlineData("+48729722345", NumberClass.Mobile, "Polska Komórka", "Polska")] // a reseller's
    [InlineData("+48212345678", NumberClass.Mobile, "Polska Komórka - Orange", "Polska")] // a device
    [InlineData("+48391234567", NumberClass.Voip, "Polska VoIP", "Polska")]
    [InlineData("+48701234567", NumberClass.Premium, "Polska Usługi o podwyższonej opłacie", "Polska")]
    [InlineData("+48300123456", NumberClass.Premium, "Polska Usługi o podwyższonej opłacie", "Polska")]
    [InlineData("+493012345678", NumberClass.International, "Niemcy", "Niemcy")]
    [InlineData("+4915112345678", NumberClass.International, "Niemcy Komórka", "Niemcy")]
    [InlineData("+49900123456", NumberClass.Premium, "Niemcy Usługi o podwyższonej opłacie", "Niemcy")]
    [InlineData("+14165550123", NumberClass.International, "Kanada", "Kanada")]
    [InlineData("+12125550123", NumberClass.International, "USA", "USA")]
    [InlineData("+18765550123", NumberClass.International, "Jamajka", "Jamajka")]
    [InlineData("+77012345678", NumberClass.International, "Kazachstan", "Kazachstan")]
    [InlineData("+979123456789", NumberClass.Premium, "Międzynarodowe Usługi o podwyższonej opłacie 979", "Międzynarodowe")]
    [InlineData("+881612345678", NumberClass.Satellite, "Satelitarne Iridium", "Międzynarodowe")]
    [InlineData("+882161234567", NumberClass.Satellite, "Satelitarne Thuraya", "Międzynarodowe")]
    [InlineData("+883123456789", NumberClass.Satellite, "Międzynarodowe Sieci 883", "Międzynarodowe")]
    [InlineData("+2101234567", NumberClass.Unknown, "Nieznany kierunek", "")]
    public void A_number_has_a_class_a_destination_and_a_zone(string number, NumberClass @class, string destination, string zone)
    {
        var info = _plan.Of(E164.Parse(number));
        Assert.Equal((@class, destination, zone), (info.Class, info.Destination, info.Zone));
    }

    [Theory]
    [InlineData("116111", NumberClass.SocialService)]
    [InlineData("118913", NumberClass.DirectoryEnquiries)]
    [InlineData("19115", NumberClass.CityShort)]
    [InlineData("800123456", NumberClass.Freephone)]
    [InlineData("801123456", NumberClass.SharedCost)]
    public void A_short_number_has_a_class(string number, NumberClass @class) =>
        Assert.Equal(@class, ShortNumber.TryParse(number, out var found) ? _plan.Of(found).Class : NumberClass.Unknown);

    [Theory] // the neighbours on both sides of each network that has no zone
    [InlineData("19", NumberClass.National, "Polska")]
    [InlineData("20", NumberClass.Reserved, "Polska")]
    [InlineData("21", NumberClass.Mobile, "Polska")]
    [InlineData("22", NumberClass.National, "Polska > Warszawa")]
    [InlineData("25", NumberClass.National, "Polska > Siedlce")]
    [InlineData("26", NumberClass.Corporate, "Polska")]
    [InlineData("29", NumberClass.National, "Polska > Ostrołęka")]
    [InlineData("30", NumberClass.Premium, "Polska")]
    [InlineData("34", NumberClass.National, "Polska > Częstochowa")]
    [InlineData("39", NumberClass.Voip, "Polska")]
    [InlineData("40", NumberClass.Premium, "Polska")]
    [InlineData("44", NumberClass.National, "Polska > Piotrków Trybunalski")]
    [InlineData("45", NumberClass.Mobile, "Polska")]
    [InlineData("46", NumberClass.National, "Polska > Skierniewice")]
    [InlineData("47", NumberClass.Corporate, "Polska")]
    [InlineData("48", NumberClass.National, "Polska > Radom")]
    [InlineData("52", NumberClass.National, "Polska > Bydgoszcz")]
    [InlineData("63", NumberClass.National, "Polska > Konin")]
    [InlineData("64", NumberClass.Reserved, "Polska")]
    [InlineData("65", NumberClass.National, "Polska > Leszno")]
    [InlineData("70", NumberClass.Premium, "Polska")]
    [InlineData("71", NumberClass.National, "Polska > Wrocław")]
    [InlineData("77", NumberClass.National, "Polska > Opole")]
    [InlineData("80", NumberClass.SharedCost, "Polska")]
    [InlineData("81", NumberClass.National, "Polska > Lublin")]
    [InlineData("87", NumberClass.National, "Polska > Suwałki")]
    [InlineData("89", NumberClass.National, "Polska > Olsztyn")]
    public void A_network_ends_where_its_two_digits_end(string network, NumberClass @class, string zone)
    {
        foreach (var rest in new[] { "5000000", "9999999" }) // 800 and 801 are classes of their own
            Assert.Equal((@class, zone), (_plan.Of(E164.Parse($"+48{network}{rest}")).Class, _plan.Of(E164.Parse($"+48{network}{rest}")).Zone));
    }

    [Fact]
    public void Mobile_numbers_begin_as_the_plan_says_and_with_nothing_else() => Assert.Equal(
        [21, 45, 50, 51, 53, 57, 60, 66, 69, 72, 73, 78, 79, 88],
        Enumerable.Range(10, 90).Where(network => _plan.Of(E164.Parse($"+48{network}5000000")).Class is NumberClass.Mobile));

    [Theory]
    [InlineData("11611", false)]
    [InlineData("116111", true)]
    [InlineData("1161111", false)]
    [InlineData("117111", false)]
    [InlineData("119111", false)]
    [InlineData("1911", false)]
    [InlineData("19111", true)]
    [InlineData("191111", false)]
    [InlineData("802123456", false)]
    public void Short_numbers_have_their_length(string number, bool @short) => Assert.Equal(@short, ShortNumber.TryParse(number, out _));

    [Fact]
    public void All_forty_nine_zones_are_known() => Assert.Equal(49, Enumerable.Range(10, 90)
        .Select(area => _plan.Of(E164.Parse($"+48{area}1234567")).Zone).Distinct().Count(zone => zone.StartsWith("Polska > ", StringComparison.Ordinal)));

    [Theory]
    [InlineData(NumberClass.Premium, false)]
    [InlineData(NumberClass.Satellite, false)]
    [InlineData(NumberClass.Unknown, false)]
    [InlineData(NumberClass.Reserved, false)]
    [InlineData(NumberClass.National, true)]
    [InlineData(NumberClass.Mobile, true)]
    [InlineData(NumberClass.International, true)]
    [InlineData(NumberClass.Emergency, true)]
    public void Premium_is_off_by_default(NumberClass @class, bool permitted) =>
        Assert.Equal(permitted, AllowedDestinations.Default.Permits(@class));

    [Fact]
    public void Emergency_is_permitted_to_those_who_may_nothing() => Assert.True(AllowedDestinations.None.Permits(NumberClass.Emergency));

    [Theory]
    [InlineData("48,National,Polska,Polska,x", "line 1: expected 6 columns: prefix,class,country,destination,zone,operator")]
    [InlineData("# c\n\n4x,National,,,,", "line 3: '4x' is no prefix of digits")]
    [InlineData("48,National,,,,\n48,Mobile,,,,", "line 2: '48' stands twice")]
    [InlineData("internal:1,Reserved,,,,\n48,National,,,,", "line 1: '1' is no number of 2 to 4 digits")]
    [InlineData("", "line 1: the plan names no prefix")]
    public void A_wrong_line_is_named(string text, string fault)
    {
        Assert.False(NumberingPlan.TryParse(new StringReader(text), out _, out var errors));
        Assert.Equal(fault, Assert.Single(errors).ToString());
    }
}
