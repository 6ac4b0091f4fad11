using TeleCube.Node.Hocon;
using TeleCube.Node.Options;

namespace TeleCube.Node.Tests.Hocon;

public sealed class HoconUnitsTests
{
    [Theory]
    [InlineData("45s", 45_000)]
    [InlineData("500ms", 500)]
    [InlineData("500 ms", 500)]
    [InlineData("2 minutes", 120_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("0", 0)]
    public void A_duration_is_a_number_with_a_unit(string text, double milliseconds)
    {
        Assert.True(HoconDuration.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
        Assert.True(HoconDuration.TryParse(HoconDuration.Format(duration), out var again));
        Assert.Equal(duration, again);
    }

    [Theory]
    [InlineData("45")]
    [InlineData("s")]
    [InlineData("45 parsecs")]
    [InlineData("1e3s")]
    [InlineData("99999999999999d")]
    [InlineData("")]
    public void Anything_else_is_no_duration(string text) => Assert.False(HoconDuration.TryParse(text, out _));

    [Theory]
    [InlineData("512", 512)]
    [InlineData("512B", 512)]
    [InlineData("16KiB", 16_384)]
    [InlineData("16K", 16_384)]
    [InlineData("64 MB", 64_000_000)]
    [InlineData("1.5MiB", 1_572_864)]
    public void A_size_is_a_number_with_or_without_a_unit(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out var size));
        Assert.Equal(bytes, size.Bytes);
        Assert.True(ByteSize.TryParse(size.ToString(), out var again));
        Assert.Equal(size, again);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1 XB")]
    [InlineData("9999999999999 TB")]
    public void Anything_else_is_no_size(string text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory]
    [InlineData("ring-timeout", "ring-timeout", 0)]
    [InlineData("ring-timout", "ring-timeout", 1)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    public void The_distance_is_the_fewest_edits(string from, string to, int edits) => Assert.Equal(edits, Nearest.Distance(from, to));
}
