using Microsoft.Extensions.Logging.Abstractions;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Tests.Calls;
using TeleCube.Actors.Trunks;
using TeleCube.Kernel.Actors;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Trunks;

/// <summary>A trunk registers, is asked whether it is there, and counts its channels.</summary>
public sealed class TrunkActorTests : IAsyncDisposable
{
    static readonly TrunkId _id = new("carrier");

    static readonly TrunkConfig _byAddress = new(_id, "192.0.2.1") { ChannelLimit = 2 };

    static readonly TrunkConfig _registering = _byAddress with { Registration = new("user", "secret") { Expires = TimeSpan.FromSeconds(600) } };

    readonly ManualClock _clock = new();
    readonly FakeTrunkSip _sip = new();
    readonly TrunkRegistry _registry = new();
    readonly KeptLog<TrunkActor> _log = new();
    readonly LiveCalls _live = new();
    readonly ActorSystem _system;
    readonly ActorRef _trunk;
    readonly TrunkServices _services;

    public TrunkActorTests()
    {
        _system = new ActorSystem(new ActorSystemOptions(), _clock, NullLogger<ActorSystem>.Instance);
        _services = new TrunkServices(_registry, new PlatformRegistry(), _sip, _live, new SystemRandomSource(), _clock, _log);
        _trunk = _system.Spawn(Props.Create(() => new TrunkActor(_id, _services)), "carrier");
    }

    public ValueTask DisposeAsync() => _system.DisposeAsync();

    async Task<TrunkStatus> Status() => await _trunk.Ask<TrunkStatus>(new TrunkMessage.GetStatus(), TimeSpan.FromSeconds(10));

    Task<object> Seize(string leg, bool emergency = false) => _trunk.Ask<object>(new TrunkMessage.SeizeChannel(leg, emergency), TimeSpan.FromSeconds(10));

    void Answer(SipRequest request, TrunkSent context, int status, params (SipHeaderName Name, string Value)[] headers)
    {
        request.Headers.Prepend(SipHeaderName.Via, "SIP/2.0/UDP 198.51.100.7;branch=z9hG4bKx");
        var response = SipResponse.For(request, status, toTag: "carrier");
        foreach (var (name, value) in headers) response.Headers.Add(name, value);
        _trunk.Tell(new TrunkMessage.Answered(context, response));
    }

    [Fact]
    public async Task By_address_it_is_up_at_once_and_sends_nothing()
    {
        _trunk.Tell(new TrunkMessage.Configure(_byAddress));
        await Status();
        var status = await Status();
        Assert.Equal((TrunkHealth.Up, "UDP 192.0.2.1:5060"), (status.Health, status.Target?.ToString()));
        Assert.Same(status, _registry.Find(_id));
        Assert.True(_sip.IsQuiet);
    }

    [Fact]
    public async Task It_registers_answers_the_challenge_and_comes_again_in_time()
    {
        _trunk.Tell(new TrunkMessage.Configure(_registering));
        var (first, sent) = await _sip.Sent();
        Assert.Equal("sip:192.0.2.1", first.Uri.ToString());
        Assert.Equal(("sip:user@192.0.2.1", "sip:user@198.51.100.7:5060"), (first.To.Uri.ToString(), first.Contact?.Uri.ToString()));
        Answer(first, sent, 401, (SipHeaderName.WwwAuthenticate, "Digest realm=\"carrier\", nonce=\"n1\", qop=\"auth\", algorithm=MD5"));

        (var second, sent) = await _sip.Sent();
        Assert.Equal((first.CallId, first.CSeq.Number + 1), (second.CallId, second.CSeq.Number));
        Assert.Contains("username=\"user\"", second.Headers.First(SipHeaderName.Authorization), StringComparison.Ordinal);
        Assert.Equal(TrunkHealth.Unknown, (await Status()).Health);
        Answer(second, sent, 200, (SipHeaderName.Contact, "<sip:user@198.51.100.7:5060>;expires=300"));
        var status = await Status();
        Assert.Equal((TrunkHealth.Up, _clock.GetUtcNow().AddSeconds(300)), (status.Health, status.RegisteredUntil));

        _clock.Advance(TimeSpan.FromSeconds(239));
        await Status();
        Assert.True(_sip.IsQuiet);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("nc=00000002", (await _sip.Sent()).Request.Headers.First(SipHeaderName.Authorization), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_not_tried_again_at_once()
    {
        _trunk.Tell(new TrunkMessage.Configure(_registering));
        var (first, sent) = await _sip.Sent();
        Answer(first, sent, 401, (SipHeaderName.WwwAuthenticate, "Digest realm=\"carrier\", nonce=\"n1\", qop=\"auth\""));
        (var second, sent) = await _sip.Sent();
        Answer(second, sent, 401, (SipHeaderName.WwwAuthenticate, "Digest realm=\"carrier\", nonce=\"n2\", qop=\"auth\""));
        var status = await Status();
        Assert.Equal((TrunkHealth.Down, "not registered: 401 Unauthorized"), (status.Health, status.Reason));
        Assert.True(_sip.IsQuiet);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await _sip.Sent();
    }

    [Fact]
    public async Task Too_short_a_time_is_asked_for_again_with_the_least()
    {
        _trunk.Tell(new TrunkMessage.Configure(_registering));
        var (first, sent) = await _sip.Sent();
        Answer(first, sent, 423, (SipHeaderName.MinExpires, "1800"));
        Assert.Equal(TimeSpan.FromSeconds(1800), (await _sip.Sent()).Request.Expires);
    }

    [Fact]
    public async Task A_carrier_that_is_silent_is_down_and_tried_again_later_and_later()
    {
        _trunk.Tell(new TrunkMessage.Configure(_registering));
        foreach (var wait in (double[])[2, 4, 8])
        {
            var (_, sent) = await _sip.Sent();
            _trunk.Tell(new TrunkMessage.Unanswered(sent, TransactionFailure.Timeout));
            Assert.Equal(TrunkHealth.Down, (await Status()).Health);
            _clock.Advance(TimeSpan.FromSeconds(wait));
        }
    }

    [Fact]
    public async Task A_changed_trunk_says_goodbye_first_and_a_removed_one_too()
    {
        _trunk.Tell(new TrunkMessage.Configure(_registering));
        var (first, sent) = await _sip.Sent();
        Answer(first, sent, 200);
        _trunk.Tell(new TrunkMessage.Configure(_registering with { Registration = new("other", "secret") }));
        Assert.Equal(TimeSpan.Zero, (await _sip.Sent()).Request.Expires);
        (var next, sent) = await _sip.Sent();
        Assert.Equal("other", next.To.Uri.User);
        Answer(next, sent, 200);
        _trunk.Tell(new TrunkMessage.Remove());
        (var goodbye, sent) = await _sip.Sent();
        Assert.Equal(TimeSpan.Zero, goodbye.Expires);
        Answer(goodbye, sent, 401, (SipHeaderName.WwwAuthenticate, "Digest realm=\"carrier\", nonce=\"n9\", qop=\"auth\""));
        (goodbye, sent) = await _sip.Sent();
        Assert.Equal(TimeSpan.Zero, goodbye.Expires);
        Assert.Contains("n9", goodbye.Headers.First(SipHeaderName.Authorization), StringComparison.Ordinal);
        Answer(goodbye, sent, 200);
        await ActorSystem.WhenStopped(_trunk);
        Assert.Null(_registry.Find(_id));
    }

    [Fact]
    public async Task A_nonce_that_was_good_before_is_only_old_even_if_nobody_says_so()
    {
        _trunk.Tell(new TrunkMessage.Configure(_registering));
        var (first, sent) = await _sip.Sent();
        Answer(first, sent, 401, (SipHeaderName.WwwAuthenticate, "Digest realm=\"carrier\", nonce=\"n1\", qop=\"auth\""));
        (first, sent) = await _sip.Sent();
        Answer(first, sent, 200, (SipHeaderName.Contact, "<sip:user@198.51.100.7:5060>;expires=300"));
        await Status();
        _clock.Advance(TimeSpan.FromSeconds(240));
        (first, sent) = await _sip.Sent();
        Answer(first, sent, 401, (SipHeaderName.WwwAuthenticate, "Digest realm=\"carrier\", nonce=\"n2\", qop=\"auth\"")); // no stale=true

        (first, sent) = await _sip.Sent();
        Assert.Contains("nonce=\"n2\"", first.Headers.First(SipHeaderName.Authorization), StringComparison.Ordinal);
        Answer(first, sent, 200);
        Assert.Equal(TrunkHealth.Up, (await Status()).Health);
    }

    [Fact]
    public async Task Where_we_do_not_listen_a_carrier_that_wants_a_registration_is_down_and_says_why()
    {
        (var listener, _sip.Endpoint) = (_sip.Endpoint, null);
        _trunk.Tell(new TrunkMessage.Configure(_registering));
        await Status();
        var status = await Status();
        Assert.Equal((TrunkHealth.Down, "no listener of ours takes UDP over IPv4: add one to telecube.sip.listeners"), (status.Health, status.Reason));
        Assert.True(_sip.IsQuiet);

        _sip.Endpoint = listener; // the address of the carrier may change as well
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(SipMethod.Register, (await _sip.Sent()).Request.Method);
    }

    [Fact]
    public async Task Where_we_do_not_listen_a_carrier_that_is_pinged_is_down_and_asked_again()
    {
        (var listener, _sip.Endpoint) = (_sip.Endpoint, null);
        _trunk.Tell(new TrunkMessage.Configure(_byAddress with { PingEvery = TimeSpan.FromSeconds(30) }));
        await Status();
        Assert.Equal(TrunkHealth.Down, (await Status()).Health);
        _sip.Endpoint = listener;
        _clock.Advance(TimeSpan.FromSeconds(30));
        var (ping, sent) = await _sip.Sent();
        Answer(ping, sent, 200);
        Assert.Equal(TrunkHealth.Up, (await Status()).Health);
    }

    [Fact]
    public async Task A_carrier_that_finds_every_nonce_stale_is_not_answered_for_ever()
    {
        _trunk.Tell(new TrunkMessage.Configure(_registering));
        var (request, sent) = await _sip.Sent();
        for (var i = 0; i < 4; i++)
        {
            Answer(request, sent, 401, (SipHeaderName.WwwAuthenticate, $"Digest realm=\"carrier\", nonce=\"n{i}\", qop=\"auth\", stale=true"));
            (request, sent) = await _sip.Sent();
        }

        Answer(request, sent, 401, (SipHeaderName.WwwAuthenticate, "Digest realm=\"carrier\", nonce=\"n9\", qop=\"auth\", stale=true"));
        var status = await Status();
        Assert.Equal((TrunkHealth.Down, "not registered: 401 Unauthorized"), (status.Health, status.Reason));
        Assert.True(_sip.IsQuiet);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await _sip.Sent();
    }

    [Fact]
    public Task Options_say_whether_it_is_there() => Pings(TimeSpan.FromSeconds(30));

    [Fact]
    public Task Nor_is_a_carrier_up_for_ever_that_is_asked_more_often_than_an_answer_is_waited_for() => Pings(TimeSpan.FromSeconds(1));

    async Task Pings(TimeSpan every)
    {
        _trunk.Tell(new TrunkMessage.Configure(_byAddress with { PingEvery = every }));
        var (ping, sent) = await _sip.Sent();
        Assert.Equal(SipMethod.Options, ping.Method);
        Answer(ping, sent, 404); // whatever it answers, it is there
        Assert.Equal(TrunkHealth.Up, (await Status()).Health);

        _clock.Advance(every);
        await _sip.Sent();
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal((TrunkHealth.Down, "no answer to OPTIONS"), (await Status()) is var late ? (late.Health, late.Reason) : default);
        _clock.Advance(every);
        (ping, sent) = await _sip.Sent();
        Answer(ping, sent, 200);
        Assert.Equal(TrunkHealth.Up, (await Status()).Health);
    }

    [Fact]
    public async Task Channels_are_granted_up_to_the_limit_and_beyond_it_in_an_emergency()
    {
        _trunk.Tell(new TrunkMessage.Configure(_byAddress));
        Assert.IsType<TrunkMessage.ChannelGranted>(await Seize("a"));
        Assert.IsType<TrunkMessage.ChannelGranted>(await Seize("b"));
        Assert.IsType<TrunkMessage.ChannelGranted>(await Seize("a")); // a repeat is not another channel
        Assert.Equal("trunk-full", Assert.IsType<TrunkMessage.ChannelRefused>(await Seize("c")).Code);
        Assert.IsType<TrunkMessage.ChannelGranted>(await Seize("112", emergency: true));
        Assert.Equal(3, (await Status()).ChannelsInUse);
        foreach (var leg in (string[])["112", "b", "b"]) _trunk.Tell(new TrunkMessage.ReleaseChannel(leg));
        Assert.IsType<TrunkMessage.ChannelGranted>(await Seize("c"));
        _trunk.Tell(new TrunkMessage.Configure(_byAddress with { Enabled = false }));
        Assert.Equal("trunk-disabled", Assert.IsType<TrunkMessage.ChannelRefused>(await Seize("d")).Code);
    }

    /// <summary>A call that fails between its last event and what follows from it gives nothing back.</summary>
    [Fact]
    public async Task What_calls_that_are_over_still_hold_is_free_again_when_all_is_in_use()
    {
        _trunk.Tell(new TrunkMessage.Configure(_byAddress));
        var running = Calling(out var held);
        _live.Update(running);
        Assert.IsType<TrunkMessage.ChannelGranted>(await Seize(held));
        Assert.IsType<TrunkMessage.ChannelGranted>(await Seize("firmaabcde/01hzzzzzzzzzzzzzzzzzzzzzz8/1/0"));
        Assert.Equal("trunk-full", Assert.IsType<TrunkMessage.ChannelRefused>(await Seize("c")).Code); // that call may just be beginning

        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.IsType<TrunkMessage.ChannelGranted>(await Seize("c"));
        Assert.Equal(2, (await Status()).ChannelsInUse);
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal("trunk-full", Assert.IsType<TrunkMessage.ChannelRefused>(await Seize("d")).Code); // the call that runs keeps its own, and c is young

        _live.Remove(running.Id.Entity(running.Tenant));
        Assert.IsType<TrunkMessage.ChannelGranted>(await Seize("d"));
    }

    [Fact]
    public async Task One_that_is_started_anew_counts_the_channels_of_the_calls_that_run()
    {
        _live.Update(Calling(out var held));
        var again = _system.Spawn(Props.Create(() => new TrunkActor(_id, _services)), "started-anew");
        again.Tell(new TrunkMessage.Configure(_byAddress with { ChannelLimit = 1 }));

        Assert.Equal(1, (await again.Ask<TrunkStatus>(new TrunkMessage.GetStatus(), TimeSpan.FromSeconds(10))).ChannelsInUse);
        Assert.IsType<TrunkMessage.ChannelRefused>(await again.Ask<object>(new TrunkMessage.SeizeChannel("other"), TimeSpan.FromSeconds(10)));
        again.Tell(new TrunkMessage.ReleaseChannel(held));
        Assert.IsType<TrunkMessage.ChannelGranted>(await again.Ask<object>(new TrunkMessage.SeizeChannel("other"), TimeSpan.FromSeconds(10)));
    }

    /// <summary>A call that rings through this trunk.</summary>
    static CallState Calling(out string held)
    {
        var table = new CallTable { Trunks = [_byAddress] };
        table.Dial("222333444");
        table.Take(new CallCommand.ChannelGranted(_id.Value, 1));
        held = table.Call[1]!.ChannelKey!;
        return table.Call;
    }

    [Fact]
    public async Task Where_a_call_heard_nothing_others_are_sent_last_for_a_while_and_the_log_says_so_once()
    {
        _trunk.Tell(new TrunkMessage.Configure(_byAddress));
        await Status();
        Assert.False((await Status()).Suspected);
        _trunk.Tell(new TrunkMessage.ReportSilence("no answer to INVITE"));
        _trunk.Tell(new TrunkMessage.ReportSilence("no answer to INVITE"));
        Assert.Equal((TrunkHealth.Down, true), (await Status()) is var down ? (down.Health, down.Suspected) : default);
        Assert.Equal(["The trunk carrier is down: no answer to INVITE"], _log.Warnings);
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((TrunkHealth.Up, false), (await Status()) is var up ? (up.Health, up.Suspected) : default);
        Assert.StartsWith("The trunk carrier is taken for up again; it was down since ", _log.Warnings.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_operator_has_switched_off_is_down_for_sure_and_no_news()
    {
        _trunk.Tell(new TrunkMessage.Configure(_byAddress with { Enabled = false }));
        Assert.Equal((TrunkHealth.Down, false), (await Status()) is var down ? (down.Health, down.Suspected) : default);
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_asked_again()
    {
        _sip.Resolution = TargetResolution.Failed("unknown-host");
        _trunk.Tell(new TrunkMessage.Configure(_byAddress with { Host = "sip.carrier.example" }));
        await Status();
        Assert.Equal((TrunkHealth.Down, "unknown-host"), (await Status()) is var down ? (down.Health, down.Reason) : default);
        _sip.Resolution = new FakeTrunkSip().Resolution;
        _clock.Advance(TimeSpan.FromSeconds(10));
        await Status();
        await Status();
        Assert.Equal(TrunkHealth.Up, (await Status()).Health);
    }
}
