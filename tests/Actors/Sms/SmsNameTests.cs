using TeleCube.Actors.Sms;

namespace TeleCube.Actors.Tests.Sms;

/// <summary>What a stranger calls himself, before it is sent to somebody.</summary>
public sealed class SmsNameTests
{
    [Theory]
    [InlineData("Anna Kowalska-Żółć", "Anna Kowalska-Żółć")]
    [InlineData("O'Brien & Syn (Gdańsk)", "O'Brien & Syn (Gdańsk)")]
    [InlineData("FIRMA SP. Z O.O.", "FIRMA SP. Z O. O.")]
    [InlineData("Sklep 2024", "Sklep 2024")]
    [InlineData("a\r\nb\tc\0d", "a b c d")] // one line
    [InlineData("a   b", "a b")]
    [InlineData("https://evil.example/x?y=1", "https evil. example x y 1")] // no link
    [InlineData("evil.example", "evil. example")]
    [InlineData("evil。example", "evil example")] // as good as a dot in a browser
    [InlineData("anna@evil.example", "anna evil. example")]
    [InlineData("Oddzwon 700123456", "Oddzwon 7001")] // no number
    [InlineData("7 0 0 1 2 3 4 5 6", "7 0 0 1")]
    [InlineData("{caller}{dialled}", "caller dialled")] // nor a field of ours
    [InlineData("abc\u202Egpj.exe", "abc gpj. exe")] // right to left
    [InlineData("a\u200Bb\uFEFFc", "a b c")]
    [InlineData("\u0301\u0301e\u0301\u0301\u0301\u0301", "e\u0301\u0301")]
    [InlineData("😀😀", "")]
    [InlineData("...", ". . .")]
    [InlineData("   ", "")]
    public void It_is_made_fit(string name, string shown) => Assert.Equal(shown, SmsName.Of(name));

    [Theory]
    [InlineData("a")]
    [InlineData("a.")]
    [InlineData("ż\u0301")]
    public void It_is_short(string part) => Assert.InRange(SmsName.Of(string.Concat(Enumerable.Repeat(part, 1000))).Length, 20, 31);
}
