using TeleCube.Sip.Sdp;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>Offers that leave us the choice: SRTP or plain RTP, this key or that. What was chosen says where to send and how.</summary>
public sealed class TwoAudioLinesTests
{
    static readonly string _first = KeyOf(1);
    static readonly string _second = KeyOf(2);

    readonly CallTable _call = new();

    [Fact]
    public void Over_UDP_the_plain_line_of_best_effort_SRTP_is_taken()
    {
        Dial(Secure(4000, $"1 AES_CM_128_HMAC_SHA1_80 inline:{_first}") + Plain(4010), CallTable.Flow);
        var media = _call.Call.Legs[0].Media!;
        Assert.Equal(("127.0.0.8", 4010, null, null), (media.RemoteAddress, media.RemotePort, media.CryptoSuite, media.RemoteKey));
        Assert.Equal([true, false], Refused());
    }

    [Fact]
    public void Over_TLS_the_secure_line_is_taken()
    {
        Dial(Secure(4000, $"1 AES_CM_128_HMAC_SHA1_80 inline:{_first}") + Plain(4010), CallTable.TlsFlow);
        var media = _call.Call.Legs[0].Media!;
        Assert.Equal(("127.0.0.9", 4000, SdpCrypto.AesCm80, _first), (media.RemoteAddress, media.RemotePort, media.CryptoSuite, media.RemoteKey));
        Assert.Equal([false, true], Refused());
    }

    [Fact]
    public void Where_no_suite_of_the_secure_line_is_ours_the_plain_one_says_where_to_send()
    {
        Dial(Secure(4000, $"1 AES_256_CM_HMAC_SHA1_80 inline:{_first}") + Plain(4010), CallTable.TlsFlow);
        var media = _call.Call.Legs[0].Media!;
        Assert.Equal(("127.0.0.8", 4010, null, null), (media.RemoteAddress, media.RemotePort, media.CryptoSuite, media.RemoteKey));
        Assert.Equal([true, false], Refused());
    }

    [Fact]
    public void The_key_is_that_of_the_line_that_was_taken_not_of_one_that_was_passed_over()
    {
        Dial(Secure(4000, $"1 AES_CM_128_HMAC_SHA1_80 inline:{_first}|2^20|1:4", $"2 AES_CM_128_HMAC_SHA1_80 inline:{_second}"), CallTable.TlsFlow);
        var media = _call.Call.Legs[0].Media!;
        Assert.Equal(_second, media.RemoteKey);
        Assert.Equal(2, Assert.Single(SessionDescription.Parse(media.LocalSdp!).Audio!.Cryptos).Tag);
    }

    [Fact]
    public void Over_UDP_a_secure_line_alone_is_refused_with_why()
    {
        Dial(Secure(4000, $"1 AES_CM_128_HMAC_SHA1_80 inline:{_first}"), CallTable.Flow);
        Assert.Contains("SRTP needs TLS signalling", _call.Response(488).Headers.First("Warning"), StringComparison.Ordinal);
    }

    void Dial(string lines, SipFlow flow) => _call.DialWith("11", $"v=0\r\no=- 1 1 IN IP4 127.0.0.2\r\ns=-\r\nt=0 0\r\n{lines}", flow);

    bool[] Refused() => [.. SessionDescription.Parse(_call.Call.Legs[0].Media!.LocalSdp!).Media.Select(line => line.IsRefused)];

    static string Secure(int port, params string[] cryptos) =>
        $"m=audio {port} RTP/SAVP 8\r\nc=IN IP4 127.0.0.9\r\n{string.Concat(cryptos.Select(crypto => $"a=crypto:{crypto}\r\n"))}";

    static string Plain(int port) => $"m=audio {port} RTP/AVP 8\r\nc=IN IP4 127.0.0.8\r\n";

    static string KeyOf(byte filling) => Convert.ToBase64String(Enumerable.Repeat(filling, 30).ToArray());
}
