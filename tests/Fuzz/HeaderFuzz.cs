using System.Reflection;
using System.Text;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Fuzz.Tests;

/// <summary>Every type that is a header value is a target by itself; its corpus is the file of its name.</summary>
public sealed class HeaderFuzz
{
    // All of them, one after the other, share the time of one target.
    static readonly TimeSpan _share = Fuzzer.Budget / Types.Count();

    public static TheoryData<string> Headers => [.. Types.Select(t => t.Name).Order()];

    static IEnumerable<Type> Types => typeof(SipUri).Assembly.GetTypes()
        .Where(t => !t.IsInterface && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ISipHeaderValue<>)));

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_value_that_is_read_is_written_so_that_it_reads_the_same(string header)
    {
        var type = Types.Single(t => t.Name == header);
        var check = typeof(HeaderFuzz).GetMethod(nameof(Check), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type).CreateDelegate<Func<byte[], int>>();
        Fuzzer.Run(Corpus.Lines(header), check, _share);
    }

    [Fact]
    public void Every_header_has_a_corpus() => Assert.Equal(Types.Select(t => t.Name).Order(), Corpus.HeaderFiles.Order());

    static int Check<T>(byte[] input) where T : ISipHeaderValue<T>
    {
        foreach (var element in new ValueList(input)) Assert.True(element.Length <= input.Length);
        if (!T.TryParse(input, out var value)) return 0;
        var written = WireText.Of(value);
        Assert.True(WireText.TryParse<T>(written, out var again), written);
        Assert.Equal(written, WireText.Of(again!));

        // In a message it stands alone on its line.
        var headers = new SipHeaders();
        headers.Add<T>("X-Any", value);
        var bytes = Encoding.UTF8.GetString(headers[0].Value.Span);
        Assert.DoesNotContain('\n', bytes);
        return HashCode.Combine(written.Length / 4, written.Count(c => c is ';' or ',' or '"'));
    }
}
