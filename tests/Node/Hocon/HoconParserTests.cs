using TeleCube.Node.Hocon;
using TeleCube.Tests.Support;

namespace TeleCube.Node.Tests.Hocon;

public sealed class HoconParserTests
{
    [Theory]
    [InlineData("a = 1", "a", "1")]
    [InlineData("a : 1", "a", "1")]
    [InlineData("{ a : 1 }", "a", "1")]
    [InlineData("a.b.c = 1", "a:b:c", "1")]
    [InlineData("a { b { c = 1 } }", "a:b:c", "1")]
    [InlineData("a { b.c = 1, d = 2 }", "a:d", "2")]
    [InlineData("a = 1 # why", "a", "1")]
    [InlineData("a = 1 // why", "a", "1")]
    [InlineData("# a = 2\n// a = 3\na = 1", "a", "1")]
    [InlineData("a = one two  three", "a", "one two  three")]
    [InlineData("a = \"x: y\"", "a", "x: y")]
    [InlineData("a = \"\\\"\\\\\\n\\u0041\"", "a", "\"\\\nA")]
    [InlineData("a = \"\"\"two\nlines\"\"\"", "a", "two\nlines")]
    [InlineData("a = \"\"\"ends in a quote\"\"\"\"", "a", "ends in a quote\"")]
    [InlineData("a = 45s", "a", "45s")]
    [InlineData("a = 2 minutes", "a", "2 minutes")]
    [InlineData("a = 20000-29999", "a", "20000-29999")]
    [InlineData("\"a b\".c = 1", "a b:c", "1")]
    [InlineData("a = [1, 2]", "a:1", "2")]
    [InlineData("a = [\n  1\n  2\n]", "a:1", "2")]
    [InlineData("a = [\n  1, # one\n  2,\n]", "a:1", "2")]
    [InlineData("a = [{ b = 1 }, { b = 2 }]", "a:1:b", "2")]
    [InlineData("a = 1\r\nb = 2\r\n", "a", "1")]
    [InlineData("a = 1, b = 2", "b", "2")]
    [InlineData("a =\n  1", "a", "1")]
    public void Reads(string text, string key, string value) => Assert.Equal(value, Reading.Of(text)[key]);

    [Theory]
    [InlineData("a = 1\na = 2", "a", "2")]
    [InlineData("a { b = 1, c = 2 }\na { c = 3 }", "a:b", "1")]
    [InlineData("a { b = 1, c = 2 }\na { c = 3 }", "a:c", "3")]
    [InlineData("a = [1, 2]\na = [3]", "a:1", null)]
    [InlineData("a = 1\na { b = 2 }", "a:b", "2")]
    [InlineData("a = 1\na = null", "a", null)]
    [InlineData("a = [1]\na += 2", "a:1", "2")]
    [InlineData("a += 1", "a:0", "1")]
    [InlineData("a = [1]\na = ${a} [2]", "a:1", "2")]
    [InlineData("a = x\na = ${a}y", "a", "xy")]
    public void A_later_value_overrides_or_merges(string text, string key, string? value) => Assert.Equal(value, Reading.Of(text)[key]);

    [Theory]
    [InlineData("a = 1\nb = ${a}", "b", "1")]
    [InlineData("b = ${a}\na = 1", "b", "1")]
    [InlineData("a = host\nb = ${a}\":5060\"", "b", "host:5060")]
    [InlineData("a { x = 1 }\nb = ${a} { y = 2 }", "b:x", "1")]
    [InlineData("a { x = 1 }\nb = ${a} { x = 2 }\nc = ${a.x}", "c", "1")]
    [InlineData("a { x { p = 1 } }\nb = ${a} { x { q = 2 } }", "a:x:q", null)]
    [InlineData("a { x = 1 }\nb = ${a}\nb { y = 2 }", "b:y", "2")]
    [InlineData("a = ${HOME_OF}", "a", "/srv")]
    [InlineData("a = ${?HOME_OF}", "a", "/srv")]
    [InlineData("a = ${?NOT_SET}", "a", null)]
    [InlineData("a = 1\na = ${?NOT_SET}", "a", "1")]
    [InlineData("a = 1\na = ${?HOME_OF}", "a", "/srv")]
    [InlineData("a = [${?NOT_SET}, 2]", "a:0", "2")]
    public void A_substitution_is_a_key_or_an_environment_variable(string text, string key, string? value) =>
        Assert.Equal(value, Reading.Of(text, ("HOME_OF", "/srv"))[key]);

    [Theory]
    [InlineData("a", "test.conf:1:2: expected '=', ':', '+=' or '{' after the key, found the end of the file")]
    [InlineData("a b = 1", "test.conf:1:3: expected '=', ':', '+=' or '{' after the key, found 'b'")]
    [InlineData("a = ", "test.conf:1:5: expected a value, found the end of the file")]
    [InlineData("a {\n  b = 1\n", "test.conf:3:1: expected '}', found the end of the file; the object opened at test.conf:1:3")]
    [InlineData("a = [1, 2", "test.conf:1:10: expected ',' or ']', found the end of the file; the list opened at test.conf:1:5")]
    [InlineData("a = \"open\nb = 1", "test.conf:1:10: expected '\"', found the end of the line")]
    [InlineData("a = \"\\q\"", "test.conf:1:7: '\\q' is no escape")]
    [InlineData("a = 127.0.0.1:5060", "test.conf:1:14: expected a value, found ':'; text with special characters is written in quotes")]
    [InlineData("a = +48", "test.conf:1:5: expected a value, found '+'")]
    [InlineData("}", "test.conf:1:1: expected a key, found '}'")]
    [InlineData("= 1", "test.conf:1:1: expected a key, found '='")]
    [InlineData("a = ${b", "test.conf:1:8: expected '}'")]
    [InlineData("a = ${b}", "test.conf:1:5: ${b} is neither a key nor an environment variable")]
    [InlineData("a = ${b}\nb = ${a}", "refers back to itself")]
    [InlineData("a = ${a}", "refers back to itself")]
    [InlineData("a = [1] x", "a list can't be joined with 'x'")]
    public void An_error_says_where_and_what_was_expected(string text, string message) =>
        Assert.Contains(message, Assert.Throws<HoconException>(() => Reading.Of(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_include_is_relative_to_the_file_that_names_it()
    {
        using var folder = new TempFolder();
        folder.Write("sub/inner.conf", "x = 1\ny = ${x}");
        folder.Write("sub/outer.conf", "include \"inner.conf\"\nz = 3");
        var main = folder.Write("main.conf", "a { include \"sub/outer.conf\" }\na.x = 2");

        var root = new HoconObject(new("main.conf"));
        HoconParser.Parse(HoconSource.Read(main, default), root);
        var read = Reading.Of(root);

        Assert.Equal("2", read["a:x"]);
        Assert.Equal("2", read["a:y"]); // a substitution sees the final value, below the key that included it
        Assert.Equal("3", read["a:z"]);
    }

    [Fact]
    public void A_missing_include_and_a_file_that_includes_itself_are_errors()
    {
        using var folder = new TempFolder();
        var missing = folder.Write("missing.conf", "a = 1\ninclude \"nowhere.conf\"");
        var circle = folder.Write("circle.conf", "include \"circle.conf\"");

        Assert.Contains("missing.conf:2:1: the file", Error(missing), StringComparison.Ordinal);
        Assert.Contains("does circle.conf include itself?", Error(circle), StringComparison.Ordinal);

        static string Error(string file) => Assert.Throws<HoconException>(
            () => HoconParser.Parse(HoconSource.Read(file, default), new(new("root")))).Message;
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        var deep = "a = " + new string('[', 10_000);
        Assert.Contains("nested more than", Assert.Throws<HoconException>(() => Reading.Of(deep)).Message, StringComparison.Ordinal);
        var objects = string.Concat(Enumerable.Repeat("a {", 10_000));
        Assert.Contains("nested more than", Assert.Throws<HoconException>(() => Reading.Of(objects)).Message, StringComparison.Ordinal);
    }
}
