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
    [InlineData("0.0.0.0", true)] // this network
    [InlineData("0.255.255.255", true)]
    [InlineData("10.0.0.0", true)] // private use
    [InlineData("10.255.255.255", true)]
    [InlineData("100.64.0.0", true)] // shared by carriers
    [InlineData("100.127.255.255", true)]
    [InlineData("127.0.0.1", true)] // this machine
    [InlineData("127.255.255.254", true)]
    [InlineData("169.254.169.254", true)] // where clouds keep their credentials
    [InlineData("172.16.0.0", true)] // private use
    [InlineData("172.31.255.255", true)]
    [InlineData("192.0.0.8", true)] // protocol assignments
    [InlineData("192.0.2.1", true)] // documentation
    [InlineData("192.88.99.1", true)] // 6to4 relays
    [InlineData("192.168.0.0", true)] // private use
    [InlineData("192.168.255.255", true)]
    [InlineData("198.18.0.0", true)] // benchmarks
    [InlineData("198.19.255.255", true)]
    [InlineData("198.51.100.1", true)] // documentation
    [InlineData("203.0.113.255", true)] // documentation
    [InlineData("224.0.0.1", true)] // multicast
    [InlineData("239.255.255.255", true)]
    [InlineData("240.0.0.1", true)] // reserved
    [InlineData("255.255.255.255", true)] // broadcast
    [InlineData("::", true)] // unspecified
    [InlineData("::1", true)] // this machine
    [InlineData("::7f00:1", true)] // IPv4-compatible: 127.0.0.1
    [InlineData("::8.8.8.8", true)] // deprecated, RFC 4291 §2.5.5.1
    [InlineData("::ffff:10.0.0.1", true)] // IPv4-mapped
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("::ffff:169.254.169.254", true)]
    [InlineData("::ffff:0:10.0.0.1", true)] // IPv4-translated, RFC 7915
    [InlineData("64:ff9b::10.0.0.1", true)] // NAT64 of a private address
    [InlineData("64:ff9b::169.254.169.254", true)]
    [InlineData("64:ff9b:1::1", true)] // NAT64 of one's own
    [InlineData("64:ff9b:1:ffff:ffff:ffff:8.8.8.8", true)]
    [InlineData("100::1", true)] // discard only
    [InlineData("100:0:0:1::1", true)] // dummy prefix, RFC 9780
    [InlineData("2001::1", true)] // Teredo
    [InlineData("2001:0:a00:1::1", true)] // Teredo of 10.0.0.1
    [InlineData("2001:2::1", true)] // benchmarks
    [InlineData("2001:10::1", true)] // ORCHID
    [InlineData("2001:20::1", true)] // ORCHIDv2
    [InlineData("2001:30::1", true)] // DRIP
    [InlineData("2001:1ff:ffff::1", true)] // protocol assignments
    [InlineData("2001:db8::1", true)] // documentation
    [InlineData("2002:a00:1::1", true)] // 6to4 of 10.0.0.1
    [InlineData("2002:7f00:1::", true)] // 6to4 of 127.0.0.1
    [InlineData("2002:808:808::1", true)] // 6to4 leads anywhere
    [InlineData("3fff::1", true)] // documentation
    [InlineData("3fff:fff:ffff::1", true)]
    [InlineData("4000::1", true)] // not assigned
    [InlineData("5f00::1", true)] // segment routing
    [InlineData("fc00::1", true)] // unique local
    [InlineData("fdff::1", true)]
    [InlineData("fe80::1", true)] // link-local
    [InlineData("fe80::1%1", true)] // with its zone
    [InlineData("febf::1", true)]
    [InlineData("fec0::1", true)] // site-local, RFC 3879
    [InlineData("feff::1", true)]
    [InlineData("ff02::1", true)] // multicast
    [InlineData("1.1.1.1", false)]
    [InlineData("9.255.255.255", false)] // just before
    [InlineData("11.0.0.0", false)] // just after
    [InlineData("100.63.255.255", false)]
    [InlineData("100.128.0.0", false)]
    [InlineData("126.255.255.255", false)]
    [InlineData("128.0.0.1", false)]
    [InlineData("169.253.255.255", false)]
    [InlineData("169.255.0.0", false)]
    [InlineData("172.15.255.255", false)]
    [InlineData("172.32.0.0", false)]
    [InlineData("192.0.1.0", false)]
    [InlineData("192.0.3.0", false)]
    [InlineData("192.88.98.255", false)]
    [InlineData("192.88.100.0", false)]
    [InlineData("192.167.255.255", false)]
    [InlineData("192.169.0.0", false)]
    [InlineData("198.17.255.255", false)]
    [InlineData("198.20.0.0", false)]
    [InlineData("198.51.99.255", false)]
    [InlineData("198.51.101.0", false)]
    [InlineData("203.0.112.255", false)]
    [InlineData("203.0.114.0", false)]
    [InlineData("223.255.255.255", false)]
    [InlineData("93.184.216.34", false)]
    [InlineData("::ffff:93.184.216.34", false)] // IPv4-mapped
    [InlineData("64:ff9b::93.184.216.34", false)] // NAT64 of a public address, RFC 6052
    [InlineData("2001:200::1", false)] // the first that a registry gave out
    [InlineData("2001:db7:ffff::1", false)]
    [InlineData("2001:db9::1", false)]
    [InlineData("2003::1", false)]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946", false)]
    [InlineData("3ffe::1", false)]
    [InlineData("3fff:1000::1", false)]
    public void What_is_not_the_public_Internet_is_private(string address, bool isPrivate) => Assert.Equal(isPrivate, WebhookAddress.IsPrivate(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://127.0.0.1/", true)]
    [InlineData("http://[::1]:9/", true)]
    [InlineData("http://[::ffff:127.0.0.1]/", true)]
    [InlineData("http://[fec0::1]/", true)]
    [InlineData("http://127.1/", true)] // as inet_aton reads it
    [InlineData("http://0x7f.0.0.1/", true)]
    [InlineData("http://localhost:9/", true)]
    [InlineData("http://2130706433/", true)] // 127.0.0.1 as one number
    [InlineData("https://example.com/", false)]
    public void Some_is_seen_without_asking_the_DNS(string url, bool seen) => Assert.Equal(seen, WebhookAddress.IsPlainlyPrivate(url));
}
