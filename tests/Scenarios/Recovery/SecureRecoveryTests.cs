using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support.Certificates;
using TeleCube.Tests.Support.Nodes;

namespace TeleCube.Scenarios.Tests.Recovery;

/// <summary>kill -9 under calls by TLS with keys (RFC 4568): whoever can be reached by TLS is called back, and the call goes on.</summary>
public sealed class SecureRecoveryTests : IAsyncLifetime
{
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    readonly SipListener _udp = SipListener.OnLoopback("udp");
    readonly SipListener _tls = SipListener.OnLoopback("tls");
    TestAuthority _authority = null!;

    public async Task InitializeAsync() => _authority = await TestAuthority.Create();

    public Task DisposeAsync()
    {
        _authority.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("11")]
    [InlineData("12")]
    public async Task A_secure_call_goes_on_over_a_new_connection(string callee)
    {
        await using var company = await Start($"telecube.sip.tls.trusted = \"{_authority.Root}\"");
        await using var farm = await PhoneFarm.Register(Secure("10"), new FarmPhone("11", _udp.Address), Secure("12"));
        var talk = await FarmTalk.Ring(farm["10"], farm[callee], 600);
        await talk.Answer();
        await talk.BothHear();
        await talk.Caller.Audio.RolledOver.WaitAsync(FarmTalk.Guard); // RFC 3711 §3.3.1: what a receiver that begins anew does not know
        var (key, streams) = (talk.Caller.Audio.Srtp!.Exchange, Streams(talk));

        await company.Node.Kill();
        var invited = Task.WhenAll(talk.Caller.NextReinvite(), talk.Callee.NextReinvite());
        await company.Node.StartAgain();
        await invited.WaitAsync(FarmTalk.Guard);
        await talk.BothHear();
        Assert.Equal(key, talk.Caller.Audio.Srtp.Exchange);
        Assert.Empty(streams.Intersect(Streams(talk))); // RFC 3711 §9.1: under one key no two streams may have one SSRC

        await talk.Caller.Hold().WaitAsync(FarmTalk.Guard);
        await talk.Caller.Resume().WaitAsync(FarmTalk.Guard);
        await talk.BothHear();
        var (there, back) = (talk.Callee.Audio.HearKey(), talk.Caller.Audio.HearKey());
        talk.Caller.Audio.Press(5);
        talk.Callee.Audio.Press(9);
        Assert.Equal((5, 9), (await there.WaitAsync(FarmTalk.Guard), await back.WaitAsync(FarmTalk.Guard)));
        await talk.End();

        var cdr = Assert.Single(await company.Cdrs(1));
        Assert.Equal((1, "hung-up"), (cdr.GetProperty("recoveries").GetInt32(), cdr.GetProperty("cause").GetProperty("code").GetString()));
        await new ExchangeFile(company.Node).NothingIsLeft();
    }

    /// <summary>Only where the operator says so: a phone's own certificate is one that it may have made itself.</summary>
    [Fact]
    public async Task A_softphone_with_a_certificate_of_its_own_is_called_back_where_none_is_verified()
    {
        await using var company = await Start("telecube.sip.tls.verify = off");
        var secretary = await company.Phone(company.Of("10") with
        {
            Server = _tls.Address,
            Transport = "tls",
            MediaEncryption = "srtp-mand",
            Trusts = _authority.Root,
            Certificate = _authority.CertificateAndKey,
        });
        var office = await company.Phone("11");
        await secretary.Dial("11");
        await office.Rings();
        await office.Answer();
        await Task.WhenAll(secretary.Talks(), office.Talks());
        await office.Hears(DemoCompany.Tone("10"), _second);

        await company.Node.Kill();
        await company.Node.StartAgain();

        // A phone's recorder is silent from its first re-INVITE on; keys that it hears prove that it decrypts.
        await office.Hears(DemoCompany.Tone("10"), _second);
        await office.SendDigits("4");
        await secretary.HearsDigit('4');
        await office.HangUp();
        await secretary.IsOver();
        var cdr = Assert.Single(await company.Cdrs(1));
        Assert.Equal((1, "hung-up"), (cdr.GetProperty("recoveries").GetInt32(), cdr.GetProperty("cause").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Keys_are_not_sent_to_whoever_cannot_prove_its_name()
    {
        await using var company = await Start("");
        await using var farm = await PhoneFarm.Register(Secure("10"), new FarmPhone("11", _udp.Address));
        var talk = await FarmTalk.Ring(farm["10"], farm["11"], 600);
        await talk.Answer();
        await talk.BothHear();

        await company.Node.Kill();
        var (invited, over) = (talk.Caller.NextReinvite(), talk.Callee.Over);
        await company.Node.StartAgain();
        await over.WaitAsync(FarmTalk.Guard);

        Assert.False(invited.IsCompleted);
        var cdr = Assert.Single(await company.Cdrs(1));
        Assert.Equal(("answered", "peer-gone"), (cdr.GetProperty("disposition").GetString(), cdr.GetProperty("cause").GetProperty("code").GetString()));
    }

    Task<DemoCompany> Start(string settings) => DemoCompany.Start($"{_authority.Settings}{settings}", _udp, _tls);

    FarmPhone Secure(string extension) => new(extension, _tls.Address, new TlsFarmWire(_tls.Address, _authority));

    static List<uint> Streams(FarmTalk talk) => [talk.Caller.Audio.HeardSsrc, talk.Callee.Audio.HeardSsrc];
}
