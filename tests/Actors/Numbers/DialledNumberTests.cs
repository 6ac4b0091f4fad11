using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Tests.Numbers;

/// <summary>Normalisation of what people dial and carriers send (PRODUCT §7, §11).</summary>
public sealed class DialledNumberTests
{
    [Theory]
    [InlineData("111222333", "+48111222333")]
    [InlineData("111 222 333", "+48111222333")]
    [InlineData("(94) 340-11.28", "+48943401128")]
    [InlineData("48943401128", "+48943401128")]
    [InlineData("0048943401128", "+48943401128")]
    [InlineData("+48 94 340 1128", "+48943401128")]
    [InlineData("00442071234567", "+442071234567")]
    [InlineData("+442071234567", "+442071234567")]
    [InlineData("116111", "116111")]
    [InlineData("118913", "118913")]
    [InlineData("19115", "19115")]
    [InlineData("800123456", "800123456")]
    [InlineData("801 123 456", "801123456")]
    [InlineData("804123456", "804123456")]
    [InlineData("+48800123456", "800123456")]
    [InlineData("10", "10")]
    [InlineData("1000", "1000")]
    public void Is_normalised(string dialled, string canonical)
    {
        Assert.True(DialledNumber.TryParse(dialled, out var number));
        Assert.Equal(canonical, number.ToString());
        Assert.True(DialledNumber.TryParse(canonical, out var again));
        Assert.Equal(number, again);
    }

    [Theory]
    [InlineData("112")]
    [InlineData("981")]
    [InlineData("984")]
    [InlineData("985")]
    [InlineData("986")]
    [InlineData("987")]
    [InlineData("991")]
    [InlineData("997")]
    [InlineData("999")]
    [InlineData("1-1-2")]
    [InlineData("(112)")]
    [InlineData("+48112")]
    [InlineData("+48 997")]
    [InlineData("0048112")]
    public void Emergency_numbers_are_no_extensions(string dialled)
    {
        Assert.True(DialledNumber.TryParse(dialled, out var number));
        Assert.IsType<DialledNumber.Emergency>(number);
        Assert.False(ExtensionNumber.TryParse(dialled, out _));
    }

    [Theory]
    [InlineData("982")]
    [InlineData("983")]
    [InlineData("988")]
    [InlineData("990")]
    [InlineData("113")]
    public void Their_neighbours_are_extensions(string dialled) =>
        Assert.IsType<DialledNumber.Internal>(DialledNumber.TryParse(dialled, out var number) ? number : null);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("anonymous")]
    [InlineData("*22#")]
    [InlineData("12345678")]
    [InlineData("1234567890")]
    [InlineData("012345678")]
    [InlineData("+4812345")]
    [InlineData("+4811122233344")]
    [InlineData("+0123456789")]
    [InlineData("++48111222333")]
    [InlineData("1+48111222333")]
    [InlineData("+1234567890123456")]
    [InlineData("111222333 ext 5")]
    [InlineData("１１２")]
    public void Anything_else_is_not_a_number(string? dialled) => Assert.False(DialledNumber.TryParse(dialled, out _));

    [Fact]
    public void A_log_shows_only_the_ends() => Assert.Equal("+48******333", E164.Parse("+48111222333").Masked);

    [Fact]
    public void Nine_digits_from_a_form_are_public_only() => Assert.False(DialledNumber.TryParsePublic("116111", out _));
}
