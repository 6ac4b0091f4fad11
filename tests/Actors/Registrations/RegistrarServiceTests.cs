using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Tests.Tenants;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Auth;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Tests.Registrations;

/// <summary>REGISTER from the wire's side: challenged, judged, bound, answered; and what issue 2 §6.3 refuses.</summary>
public sealed class RegistrarServiceTests : IAsyncLifetime, IDisposable
{
    static readonly IPEndPoint _phone = new(IPAddress.Loopback, 5070);

    readonly Exchange _exchange = Exchange.New();
    readonly SystemRandomSource _random = new();
    BanList _bans = null!;
    RegistrarService _registrar = null!;
    uint _cseq;

    public async Task InitializeAsync()
    {
        await _exchange.FoundDemo();
        var mint = new NonceMint(new NonceKeys(new NonceKey(1, new byte[32])), _random, _exchange.Clock);
        var tags = new PlainTagSource(_random, new byte[32]);
        _bans = new BanList(new BanOptions { MaxFailures = 3 }, _exchange.Clock);
        _exchange.Clock.Advance(TimeSpan.FromSeconds(1));
        var authenticator = new PhoneAuthenticator(
            _exchange.Tenants, new DigestServer(mint, _exchange.Clock, TimeSpan.FromMinutes(5)), _bans, _exchange.Registrar, tags, _exchange.Clock);
        _registrar = new RegistrarService(authenticator, _exchange.Region, _exchange.Phones, tags, _exchange.Clock, NullLogger<RegistrarService>.Instance);
    }

    public async Task DisposeAsync() => await _exchange.DisposeAsync();

    public void Dispose() => _bans?.Dispose();

    SipRequest Request(string user, string? contact = "<sip:10@127.0.0.1:5070>;expires=300")
    {
        var address = new NameAddress(SipUri.Sip(user, "telecube.example"));
        var request = new SipRequest(SipMethod.Register, SipUri.Sip(null, "telecube.example"))
        {
            From = address.WithTag("phone"),
            To = address,
            CallId = "reg@phone",
            CSeq = new CSeq(++_cseq, SipMethod.Register),
            MaxForwards = 70,
        };
        request.Headers.Add(SipHeaderName.Via, "SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK1;rport");
        if (contact is not null) request.Headers.Add(SipHeaderName.Contact, contact);
        return request;
    }

    Task<SipResponse> Send(SipRequest request, IPEndPoint? from = null) => _registrar.Answer(request, new SipFlow(
        new FlowId(-1), TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 5060), "127.0.0.1", 5060, from ?? _phone));

    /// <summary>Registers as a phone does: asks, is challenged, answers. <paramref name="account"/> is whose credentials it has.</summary>
    async Task<SipResponse> Register(
        string user, string password, string? account = null, IPEndPoint? from = null, string? contact = "<sip:10@127.0.0.1:5070>;expires=300")
    {
        var (first, second) = (Request(user, contact), Request(user, contact));
        var challenge = await Send(first, from);
        Assert.Equal(401, challenge.Status);
        var client = new DigestClient(account ?? user, password, _random);
        Assert.True(client.TryAnswer(first, challenge, second));
        var answer = await Send(second, from);
        if (answer.Status != 401 || !IsStale(answer)) return answer;
        var third = Request(user, contact);
        Assert.True(new DigestClient(account ?? user, password, _random).TryAnswer(first, answer, third));
        return await Send(third, from);
    }

    static bool IsStale(SipResponse challenge) => challenge.Headers.All(SipHeaderName.WwwAuthenticate).All(text => text.Contains("stale=true", StringComparison.Ordinal));

    [Fact]
    public async Task A_nonce_of_another_company_is_worth_nothing_even_with_the_right_password()
    {
        var inna = new TenantId("inna");
        await _exchange.Tell(EntityKinds.Tenant(inna), new TenantCommand.Adopt(TenantSpec.Profile with { Id = inna, LoginPrefix = "inna" }));
        await _exchange.Accepted(EntityKinds.Tenant(inna), new TenantCommand.CreateExtension(new Extension(TenantSpec.Ten)));
        var (first, second) = (Request("inna_10"), Request("firmaabcde_10"));
        Assert.True(new DigestClient("firmaabcde_10", "demo-10", _random).TryAnswer(first, await Send(first), second));
        var refused = await Send(second);
        Assert.Equal(401, refused.Status);
        Assert.True(IsStale(refused), "and no guess was made");
        Assert.Empty(_exchange.Phones.Of(DemoCompany.Id, TenantSpec.Ten));
    }

    // The nonce is of one company, the guess may be at another's extension, or at none: what is answered and counted says nothing of it.
    [Theory]
    [InlineData("firmaabcde_10", "firmaabcde_11")]
    [InlineData("firmaabcde_10", "inna_10")]
    [InlineData("firmaabcde_10", "nobody_10")]
    [InlineData("nobody_10", "firmaabcde_10")]
    [InlineData("nobody_10", "nobody_11")]
    public async Task By_a_nonce_of_somebody_else_nobody_learns_which_users_there_are(string asked, string guessed)
    {
        var inna = new TenantId("inna");
        await _exchange.Tell(EntityKinds.Tenant(inna), new TenantCommand.Adopt(TenantSpec.Profile with { Id = inna, LoginPrefix = "inna" }));
        await _exchange.Accepted(EntityKinds.Tenant(inna), new TenantCommand.CreateExtension(new Extension(TenantSpec.Ten)));
        var stranger = new IPEndPoint(IPAddress.Parse("192.0.2.66"), 5060);
        for (var i = 0; i < 3; i++)
        {
            Assert.False(_bans.IsBanned(stranger.Address));
            var (first, second) = (Request(asked), Request(guessed));
            Assert.True(new DigestClient(guessed, "guess", _random).TryAnswer(first, await Send(first, stranger), second));
            var answer = await Send(second, stranger);
            Assert.Equal((401, false), (answer.Status, IsStale(answer)));
        }

        Assert.True(_bans.IsBanned(stranger.Address));
    }

    [Fact]
    public async Task A_phone_whose_From_is_not_its_login_is_challenged_once_more_and_registered()
    {
        SipRequest Named(string from)
        {
            var request = Request("firmaabcde_10");
            request.From = new NameAddress(SipUri.Sip(from, "telecube.example")).WithTag("phone");
            return request;
        }

        var phone = new DigestClient("firmaabcde_10", "demo-10", _random);
        var (first, second, third) = (Named("secretary"), Named("secretary"), Named("secretary"));
        Assert.True(phone.TryAnswer(first, await Send(first), second));
        var stale = await Send(second);
        Assert.True(IsStale(stale));
        Assert.True(phone.TryAnswer(second, stale, third));
        Assert.Equal(200, (await Send(third)).Status);
        Assert.False(_bans.IsBanned(_phone.Address));
    }

    [Fact]
    public async Task A_phone_with_the_right_password_is_registered()
    {
        var response = await Register("firmaabcde_10", "demo-10");
        Assert.Equal(200, response.Status);
        Assert.Equal("<sip:10@127.0.0.1:5070>;expires=300", response.Headers.First(SipHeaderName.Contact));
        Assert.NotNull(response.To.Tag);
        Assert.Equal("sip:10@127.0.0.1:5070", _exchange.Phones.Of(DemoCompany.Id, TenantSpec.Ten).Single().Uri.ToString());
    }

    [Fact]
    public async Task A_query_lists_the_bindings_and_a_star_removes_them()
    {
        await Register("firmaabcde_10", "demo-10");
        Assert.Single((await Register("firmaabcde_10", "demo-10", contact: null)).Contacts);
        Assert.Equal(400, (await Register("firmaabcde_10", "demo-10", contact: "*")).Status);
        var (first, second) = (Request("firmaabcde_10", "*"), Request("firmaabcde_10", "*"));
        (first.Expires, second.Expires) = (TimeSpan.Zero, TimeSpan.Zero);
        Assert.True(new DigestClient("firmaabcde_10", "demo-10", _random).TryAnswer(first, await Send(first), second));
        Assert.Empty((await Send(second)).Contacts);
        Assert.Empty(_exchange.Phones.Of(DemoCompany.Id, TenantSpec.Ten));
    }

    [Fact]
    public async Task Too_short_a_time_is_told_the_least() =>
        Assert.Equal("60", (await Register("firmaabcde_10", "demo-10", contact: "<sip:10@127.0.0.1:5070>;expires=5")).Headers.First(SipHeaderName.MinExpires));

    [Theory]
    [InlineData("firmaabcde_10", "wrong", null, 401)]
    [InlineData("firmaabcde_99", "demo-99", null, 401)]
    [InlineData("nobody_10", "demo-10", null, 401)]
    [InlineData("firmaabcde_11", "demo-10", "firmaabcde_10", 403)]
    [InlineData("other_10", "demo-10", "firmaabcde_10", 403)]
    public async Task Who_may_not_is_refused_and_after_some_tries_banned(string user, string password, string? account, int status)
    {
        var stranger = new IPEndPoint(IPAddress.Parse("192.0.2.66"), 5060);
        for (var i = 0; i < 3; i++) Assert.Equal(status, (await Register(user, password, account, stranger)).Status);
        Assert.True(_bans.IsBanned(stranger.Address) || _bans.IsBanned(stranger.Address, account ?? user));
        Assert.Empty(_exchange.Phones.Of(DemoCompany.Id, TenantSpec.Ten));
    }

    [Fact]
    public async Task A_replayed_answer_is_refused_and_counted()
    {
        var (first, second) = (Request("firmaabcde_10"), Request("firmaabcde_10"));
        Assert.True(new DigestClient("firmaabcde_10", "demo-10", _random).TryAnswer(first, await Send(first), second));
        Assert.Equal(200, (await Send(second)).Status);
        var replayed = Request("firmaabcde_10", "<sip:thief@127.0.0.9>");
        replayed.Headers.CopyFrom(second.Headers, SipHeaderName.Authorization);
        var thief = new IPEndPoint(IPAddress.Parse("192.0.2.66"), 5060);
        Assert.Equal(401, (await Send(replayed, thief)).Status);
        Assert.Single(_exchange.Phones.Of(DemoCompany.Id, TenantSpec.Ten));
    }

    [Fact]
    public async Task An_old_nonce_is_called_stale()
    {
        var (first, second) = (Request("firmaabcde_10"), Request("firmaabcde_10"));
        Assert.True(new DigestClient("firmaabcde_10", "demo-10", _random).TryAnswer(first, await Send(first), second));
        _exchange.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Contains("stale=true", (await Send(second)).Headers.First(SipHeaderName.WwwAuthenticate), StringComparison.Ordinal);
        Assert.False(_bans.IsBanned(_phone.Address));
    }

    [Fact]
    public async Task An_unknown_extension_of_the_protocol_is_named()
    {
        var request = Request("firmaabcde_10");
        request.Headers.Add(SipHeaderName.Require, "path, teleport");
        var response = await Send(request);
        Assert.Equal((420, "teleport"), (response.Status, response.Headers.First(SipHeaderName.Unsupported)));
    }

    [Fact]
    public async Task Outbound_and_path_are_answered()
    {
        var (first, second) = (Outbound(), Outbound());
        Assert.True(new DigestClient("firmaabcde_10", "demo-10", _random).TryAnswer(first, await Send(first), second));
        var response = await Send(second);
        Assert.Equal("outbound", response.Headers.First(SipHeaderName.Require));
        Assert.Equal("<sip:edge@127.0.0.3;lr>", response.Headers.First(SipHeaderName.Path));
        Assert.Equal("<sip:10@127.0.0.1:5070>;expires=300;+sip.instance=\"<urn:uuid:1>\";reg-id=1", response.Headers.First(SipHeaderName.Contact));
        Assert.Equal(["<sip:edge@127.0.0.3;lr>"], _exchange.Phones.Of(DemoCompany.Id, TenantSpec.Ten).Single().Routes.AsEnumerable());

        SipRequest Outbound()
        {
            var request = Request("firmaabcde_10", "<sip:10@127.0.0.1:5070>;expires=300;+sip.instance=\"<urn:uuid:1>\";reg-id=1");
            request.Headers.Add(SipHeaderName.Supported, "path, outbound");
            request.Headers.Add(SipHeaderName.Path, "<sip:edge@127.0.0.3;lr>");
            return request;
        }
    }
}
