using TeleCube.Actors.Billing;

namespace TeleCube.Actors.Tests.Billing;

/// <summary>Import of tariffs: every fault with its line, nothing half imported.</summary>
public sealed class TariffCsvTests
{
    static TariffCsvResult Parse(string text) => TariffCsv.Parse(new StringReader(text));

    [Fact]
    public void Commas_and_semicolons_are_read()
    {
        var expected = new TariffRow(TariffKey.Prefix("4822"), "Polska, Warszawa", 0.05m, TariffUnit.Minute, 60, 1);
        Assert.Equal(expected, Assert.Single(Parse("key,name,net,unit,first,next\n4822,\"Polska, Warszawa\",0.05,minute,60,1\n").Rows));
        Assert.Equal(expected, Assert.Single(Parse("\uFEFFkey;name;net;unit;first;next\r\n4822;Polska, Warszawa;0,05;minute;60;1\r\n").Rows));
    }

    [Fact]
    public void Unit_and_steps_have_defaults() =>
        Assert.Equal(new TariffRow(TariffKey.Short("118"), "118", 2), Assert.Single(Parse("short:118,118,2").Rows));

    [Theory]
    [InlineData("48", "expected key,name,net,unit,first,next")]
    [InlineData("48x,a,1", "'48x' is neither digits, short:digits nor a name")]
    [InlineData("48,,1", "the name is missing")]
    [InlineData("48,a,-1", "'-1' is no price of at most 4 decimals")]
    [InlineData("48,a,0.00001", "'0.00001' is no price of at most 4 decimals")]
    [InlineData("48,a,1,hour", "'hour' is neither minute nor sms")]
    [InlineData("48,a,1,minute,0", "'0' is no step of 1 to 3600 s")]
    [InlineData("48,a,1,minute,1,9999", "'9999' is no step of 1 to 3600 s")]
    public void A_wrong_line_is_named_and_nothing_imported(string line, string fault)
    {
        var result = Parse($"49,Niemcy,1\n{line}\n");
        Assert.Empty(result.Rows);
        Assert.Equal($"line 2: {fault}", Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void A_key_stands_once() => Assert.Equal("line 2: '48' stands twice", Assert.Single(Parse("48,a,1\n48,b,2").Errors).ToString());

    [Fact]
    public void An_empty_file_is_a_fault() => Assert.Single(Parse("# nothing\n").Errors);
}
