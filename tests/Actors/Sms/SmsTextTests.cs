using TeleCube.Actors.Sms;

namespace TeleCube.Actors.Tests.Sms;

/// <summary>How many SMS a text takes on the air, and where it is cut.</summary>
public sealed class SmsTextTests
{
    [Theory]
    [InlineData("a", 0, 1)]
    [InlineData("a", 160, 1)]
    [InlineData("a", 161, 2)]
    [InlineData("a", 306, 2)]
    [InlineData("a", 307, 3)]
    [InlineData("a", 459, 3)]
    [InlineData("a", 460, 4)]
    [InlineData("€", 80, 1)] // two septets each
    [InlineData("€", 81, 2)]
    [InlineData("ł", 70, 1)] // not in the GSM alphabet
    [InlineData("ł", 71, 2)]
    [InlineData("ł", 201, 3)]
    [InlineData("ł", 202, 4)]
    public void A_text_takes_so_many(string letter, int times, int parts) => Assert.Equal(parts, SmsText.Parts(Times(letter, times)));

    [Theory]
    [InlineData("a", 459, 459)]
    [InlineData("a", 480, 456)]
    [InlineData("a", 100_000, 456)]
    [InlineData("€", 300, 228)]
    [InlineData("ł", 201, 201)]
    [InlineData("ł", 480, 198)]
    [InlineData("😀", 150, 99)] // two halves each, never parted
    public void What_takes_more_than_three_is_cut(string letter, int times, int kept)
    {
        var text = Times(letter, times);
        var capped = SmsText.Capped(text);
        Assert.Equal(kept == times ? text : Times(letter, kept) + "...", capped);
        Assert.True(SmsText.Parts(capped) <= SmsText.MostParts);
        if (kept != times) Assert.True(SmsText.Parts(Times(letter, kept + 1) + "...") > SmsText.MostParts); // no more than need be
    }

    [Fact]
    public void An_accent_stays_with_its_letter() => Assert.EndsWith("e\u0301...", SmsText.Capped(Times("e\u0301", 200)), StringComparison.Ordinal);

    static string Times(string letter, int times) => string.Concat(Enumerable.Repeat(letter, times));
}
