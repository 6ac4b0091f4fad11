using System.Net;
using TeleCube.Actors.Webhooks;

namespace TeleCube.Actors.Tests.Webhooks;

/// <summary>Where a tenant may have the exchange post to.</summary>
public sealed class WebhookAddressTests
{
    [Theory]
    [InlineData("https://example.com/hook?token=1", true)]
    [InlineData("http://198.51.100.7:8080/", true)]
    [InlineData("ftp://example.com/", false)]
    [InlineData("https://user:secret@example.com/", false)]
    [InlineData("example.com/hook", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_address_is_one_of_the_web(string? url, bool valid) => Assert.Equal(valid, WebhookAddress.IsValid(url));

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("169.254.169.254", true)] // where clouds keep their credentials
    [InlineData("172.31.0.1", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.1.1", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("239.0.0.1", true)]
    [InlineData("93.184.216.34", false)]
    [InlineData("::1", true)]
    [InlineData("::", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946", false)]
    public void What_is_not_the_public_Internet_is_private(string address, bool isPrivate) => Assert.Equal(isPrivate, WebhookAddress.IsPrivate(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://127.0.0.1/", true)]
    [InlineData("http://[::1]:9/", true)]
    [InlineData("http://localhost:9/", true)]
    [InlineData("http://2130706433/", true)] // 127.0.0.1 as one number
    [InlineData("https://example.com/", false)]
    public void Some_is_seen_without_asking_the_DNS(string url, bool seen) => Assert.Equal(seen, WebhookAddress.IsPlainlyPrivate(url));
}
