using TeleCube.Sip.Headers;
using TeleCube.Sip.Parsing;

namespace TeleCube.Fuzz.Tests;

public sealed class UriFuzz
{
    [Fact]
    public void A_URI_that_is_read_is_written_and_equals_itself() => Fuzzer.Run(Corpus.Lines("SipUri"), Check, Fuzzer.Budget);

    static int Check(byte[] input)
    {
        if (!SipUri.TryParse(input, out var uri)) return 0;
        var written = uri.ToString();
        var again = SipUri.Parse(written);
        Assert.Equal(written, again.ToString());
        Assert.Equal(uri, again);
        Assert.Equal(uri.GetHashCode(), again.GetHashCode());
        if (uri.IsSip)
        {
            var rebuilt = uri.WithUser(uri.User).WithPassword(uri.Password);
            Assert.True(WireText.TryParse<SipUri>(rebuilt.ToString(), out _), rebuilt.ToString());
        }
        return HashCode.Combine(uri.Scheme, uri.User is null, uri.Password is null, uri.Port is null, uri.Parameters.Count, uri.Headers.Count, uri.Host.Contains(':'));
    }
}
