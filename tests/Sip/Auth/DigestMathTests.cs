using System.Text;
using TeleCube.Sip.Auth;

namespace TeleCube.Sip.Tests.Auth;

/// <summary>The examples of the RFCs.</summary>
public sealed class DigestMathTests
{
    const string Nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    const string CNonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    [Theory] // RFC 7616 §3.9.1
    [InlineData(DigestAlgorithm.Md5, "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData(DigestAlgorithm.Sha256, "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void Rfc7616(DigestAlgorithm algorithm, string expected)
    {
        var ha1 = DigestMath.HA1(algorithm, "Mufasa", "http-auth@example.org", "Circle of Life");
        var ha2 = DigestMath.HA2(algorithm, "GET", "/dir/index.html");
        Assert.Equal(expected, DigestMath.Response(algorithm, ha1, Nonce, "00000001", CNonce, "auth", ha2));
    }

    [Fact] // RFC 2617 §3.5
    public void Rfc2617()
    {
        var ha1 = DigestMath.HA1(DigestAlgorithm.Md5, "Mufasa", "testrealm@host.com", "Circle Of Life");
        var ha2 = DigestMath.HA2(DigestAlgorithm.Md5, "GET", "/dir/index.html");
        Assert.Equal("6629fae49393a05397450978507c4ef1",
            DigestMath.Response(DigestAlgorithm.Md5, ha1, "dcd98b7102dd2f0e8b11d0f600bfb0c093", "00000001", "0a4f113b", "auth", ha2));
    }

    [Theory] // draft-smith-sipping-auth-examples-01: SIP without qop and with auth
    [InlineData(null, "bf57e4e0d0bffc0fbaedce64d59add5e")]
    [InlineData("auth", "89eb0059246c02b2f6ee02c7961d5ea3")]
    public void Sip_examples(string? qop, string expected)
    {
        const string nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093";
        var ha1 = DigestMath.HA1(DigestAlgorithm.Md5, "bob", "biloxi.com", "zanzibar");
        var ha2 = DigestMath.HA2(DigestAlgorithm.Md5, "INVITE", "sip:bob@biloxi.com");
        Assert.Equal(expected, qop is null
            ? DigestMath.Response(DigestAlgorithm.Md5, ha1, nonce, ha2)
            : DigestMath.Response(DigestAlgorithm.Md5, ha1, nonce, "00000001", "0a4f113b", qop, ha2));
    }

    [Fact]
    public void Auth_int_covers_the_body()
    {
        var one = DigestMath.HA2(DigestAlgorithm.Md5, "INVITE", "sip:bob@biloxi.com", Encoding.ASCII.GetBytes("v=0"));
        var other = DigestMath.HA2(DigestAlgorithm.Md5, "INVITE", "sip:bob@biloxi.com", Encoding.ASCII.GetBytes("v=1"));
        Assert.NotEqual(one, other);
    }
}
