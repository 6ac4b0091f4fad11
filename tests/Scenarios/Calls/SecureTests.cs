using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Audio;
using TeleCube.Tests.Support.Certificates;
using TeleCube.Tests.Support.Nodes;
using TeleCube.Tests.Support.Phones;
using TeleCube.Tests.Support.Processes;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>Signalling by TLS and audio by SRTP with SDES keys (RFC 4568), on both sides of a call or on one.</summary>
public sealed class SecureTests : IAsyncLifetime
{
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    static readonly double _secretaryTone = DemoCompany.Tone("10");
    static readonly double _officeTone = DemoCompany.Tone("11");

    /// <summary>A tone is sent at -10 dB; one frequency of a second of noise is far below this.</summary>
    const double Drowned = -25;

    TestAuthority _authority = null!;

    public async Task InitializeAsync() => _authority = await TestAuthority.Create();

    public Task DisposeAsync()
    {
        _authority.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Two_phones_hear_each_other_and_the_wire_hears_noise()
    {
        var tls = SipListener.OnLoopback("tls");
        await using var company = await DemoCompany.Start(_authority.Settings, SipListener.OnLoopback("udp"), tls);
        var secretary = await company.Phone(Secure(company, tls, "10"));
        var office = await company.Phone(Secure(company, tls, "11"));

        await Connect(secretary, office);
        await Task.WhenAll(secretary.Records(_officeTone, _second), office.Records(_secretaryTone, _second));
        Assert.True(Loudest(await secretary.Listen(2 * _second), _officeTone) < Drowned, "the secretary's audio can be heard by all");
        Assert.True(Loudest(await office.Listen(2 * _second), _secretaryTone) < Drowned, "the office's audio can be heard by all");

        await secretary.SendDigits("7");
        await office.HearsDigit('7');
        await office.HangUp();
        await secretary.IsOver();
        Assert.Equal("answered", Assert.Single(await company.Cdrs(1)).GetProperty("disposition").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_secure_phone_and_a_plain_one_talk_and_hold(bool secureOneCalls)
    {
        var (udp, tls) = (SipListener.OnLoopback("udp"), SipListener.OnLoopback("tls"));
        await using var company = await DemoCompany.Start(_authority.Settings, udp, tls);
        var secure = await company.Phone(Secure(company, tls, "10"));
        var plain = await company.Phone("11");

        await (secureOneCalls ? Connect(secure, plain) : Connect(plain, secure));
        await Task.WhenAll(secure.Records(_officeTone, _second), plain.Hears(_secretaryTone, _second));

        await plain.Hold();
        var silentFrom = secure.Recording().Length;
        await secure.RecordsSince(silentFrom, 2 * _second);
        Assert.True(secure.Recording().From(silentFrom).Heard(_officeTone) < 0.5 * _second, "the secure phone still hears the one who holds");
        await plain.Resume();
        await Task.WhenAll(secure.Records(_officeTone, 2 * _second), plain.Hears(_secretaryTone, _second));

        // From its first re-INVITE on a phone's recorder is silent; keys that it hears prove that it still decrypts.
        await secure.Hold();
        await secure.Resume();
        await plain.Hears(_secretaryTone, _second);
        await plain.SendDigits("4");
        await secure.HearsDigit('4');
        await secure.SendDigits("2");
        await plain.HearsDigit('2');
        await secure.HangUp();
        await plain.IsOver();
    }

    [Fact]
    public async Task A_phone_that_can_do_no_srtp_is_served_over_tls_all_the_same()
    {
        var (udp, tls) = (SipListener.OnLoopback("udp"), SipListener.OnLoopback("tls"));
        await using var company = await DemoCompany.Start(_authority.Settings, udp, tls);
        var old = await company.Phone(Secure(company, tls, "10") with { MediaEncryption = null });
        var plain = await company.Phone("11");

        await Connect(old, plain);
        await Task.WhenAll(old.Hears(_officeTone, _second), plain.Hears(_secretaryTone, _second));
        await old.HangUp();
        await plain.IsOver();

        await Connect(plain, old, "10");
        await Task.WhenAll(old.Hears(_officeTone, _second), plain.Hears(_secretaryTone, _second));
        await plain.HangUp();
        await old.IsOver();
    }

    [Theory]
    [InlineData("tls")]
    [InlineData("udp")]
    public async Task A_phone_that_offers_srtp_without_demanding_it_talks_in_plain(string transport)
    {
        var (udp, tls) = (SipListener.OnLoopback("udp"), SipListener.OnLoopback("tls"));
        await using var company = await DemoCompany.Start(_authority.Settings, udp, tls);
        var options = transport == "tls" ? Secure(company, tls, "10") : company.Of("10");
        var willing = await company.Phone(options with { MediaEncryption = "srtp" });
        var plain = await company.Phone("11");

        await Connect(willing, plain);
        await Task.WhenAll(willing.Hears(_officeTone, _second), plain.Hears(_secretaryTone, _second));
        await willing.HangUp();
        await plain.IsOver();

        await Connect(plain, willing, "10");
        await plain.Hears(_secretaryTone, _second);
        await plain.SendDigits("5");
        await willing.HearsDigit('5');
        await plain.HangUp();
        await willing.IsOver();
    }

    [Fact]
    public async Task Srtp_keys_are_not_taken_over_a_wire_that_all_can_read()
    {
        await using var company = await DemoCompany.Start();
        var careless = await company.Phone(company.Of("10") with { MediaEncryption = "srtp-mand" });
        await company.Phone("11");

        await careless.Dial("11");

        Assert.StartsWith("488", (await careless.IsOver()).Param, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_node_proves_who_it_is()
    {
        using var another = await TestAuthority.Create();
        var tls = SipListener.OnLoopback("tls");
        await using var company = await DemoCompany.Start(_authority.Settings, SipListener.OnLoopback("udp"), tls);

        Assert.Equal(0, await Verify(tls, _authority.Root));
        Assert.NotEqual(0, await Verify(tls, another.Root));
    }

    /// <summary>baresip 1.0 believes any certificate, openssl does not.</summary>
    static async Task<int> Verify(SipListener tls, string root)
    {
        await using var openssl = ManagedProcess.Start(Tool.Find("openssl", "openssl"),
            ["s_client", "-connect", $"{tls.Address}", "-CAfile", root, "-verify_return_error", "-verify_ip", $"{tls.Address.Address}"]);
        return await openssl.WaitForExit(10 * _second);
    }

    /// <summary>The level of a tone in what passed on the wire, in dB; ciphertext is noise.</summary>
    static double Loudest(WavFile heard, double hz)
    {
        Assert.True(heard.Length > 0.5 * _second, $"only {heard.Length} of audio passed");
        return Tones.LevelDb(heard.Samples, hz);
    }

    static async Task Connect(BaresipPhone caller, BaresipPhone callee, string number = "")
    {
        await caller.Dial(number.Length > 0 ? number : callee.Options.User[^2..]);
        await callee.Rings();
        await callee.Answer();
        await Task.WhenAll(caller.Talks(), callee.Talks());
    }

    BaresipOptions Secure(DemoCompany company, SipListener tls, string extension) => company.Of(extension) with
    {
        Server = tls.Address,
        Transport = "tls",
        MediaEncryption = "srtp-mand",
        Trusts = _authority.Root,
    };
}
