using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Trunks;
using TeleCube.Kernel.Actors;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Trunks;

/// <summary>A carrier's name that stands for several addresses: which of them is used (RFC 3263 §4.3).</summary>
public sealed class TrunkTargetTests : IAsyncDisposable
{
    const string First = "UDP 192.0.2.1:5060", Second = "UDP 192.0.2.2:5060", Third = "UDP 192.0.2.3:5060";

    static readonly TrunkId _id = new("carrier");
    static readonly TrunkConfig _config = new(_id, "sip.carrier.example");
    static readonly TrunkConfig _registering = _config with { Registration = new("user", "secret") };

    readonly ManualClock _clock = new();
    readonly FakeTrunkSip _sip = new() { Resolution = Found(1, 2) };
    readonly ActorSystem _system;
    readonly ActorRef _trunk;

    public TrunkTargetTests()
    {
        _system = new ActorSystem(new ActorSystemOptions(), _clock, NullLogger<ActorSystem>.Instance);
        var services = new TrunkServices(new TrunkRegistry(), new PlatformRegistry(), _sip, new LiveCalls(), new SystemRandomSource(), _clock, NullLogger<TrunkActor>.Instance);
        _trunk = _system.Spawn(Props.Create(() => new TrunkActor(_id, services)), "carrier");
    }

    public ValueTask DisposeAsync() => _system.DisposeAsync();

    [Fact]
    public async Task A_silent_one_is_left_for_the_next_and_only_when_all_were_silent_is_the_trunk_down()
    {
        await Configured(_config);
        Assert.Equal((TrunkHealth.Up, First), await Now());
        var silent = new TrunkMessage.ReportSilence("no answer") { Target = (await Status()).Target };
        _trunk.Tell(silent);
        Assert.Equal((TrunkHealth.Up, Second), await Now());
        _trunk.Tell(silent); // another call that was under way to the first
        Assert.Equal((TrunkHealth.Up, Second), await Now());

        _trunk.Tell(new TrunkMessage.ReportSilence("no answer") { Target = (await Status()).Target });
        Assert.Equal((TrunkHealth.Down, First), await Now());
    }

    [Fact]
    public async Task One_that_does_not_answer_a_ping_is_left_and_the_next_asked_at_once()
    {
        await Configured(_config with { PingEvery = TimeSpan.FromSeconds(60) });
        await _sip.Sent();
        _clock.Advance(TimeSpan.FromSeconds(5));
        var (ping, sent) = await _sip.Sent();
        Assert.Equal(Second, _sip.Target?.ToString());
        Assert.Equal((TrunkHealth.Unknown, Second), await Now());
        Answer(ping, sent, 200);
        Assert.Equal((TrunkHealth.Up, Second), await Now());
    }

    [Fact]
    public async Task When_no_address_answers_it_is_down_and_goes_on_asking_one_after_the_other()
    {
        await Configured(_config with { PingEvery = TimeSpan.FromSeconds(60) });
        for (var i = 0; i < 2; i++)
        {
            var (_, unanswered) = await _sip.Sent();
            _clock.Advance(TimeSpan.FromSeconds(5));
            await Status();
            _trunk.Tell(new TrunkMessage.Unanswered(unanswered, TransactionFailure.Timeout)); // later, and the same
        }

        Assert.Equal((TrunkHealth.Down, First), await Now());
        Assert.True(_sip.IsQuiet);
        _clock.Advance(TimeSpan.FromSeconds(60));
        await _sip.Sent();
        Assert.Equal(First, _sip.Target?.ToString());
    }

    [Fact]
    public async Task A_registration_without_an_answer_is_tried_at_the_next_at_once_and_then_with_patience()
    {
        _trunk.Tell(new TrunkMessage.Configure(_registering));
        var (_, sent) = await _sip.Sent();
        _trunk.Tell(new TrunkMessage.Unanswered(sent, TransactionFailure.Timeout));
        (_, sent) = await _sip.Sent();
        Assert.Equal(Second, _sip.Target?.ToString());
        _trunk.Tell(new TrunkMessage.Unanswered(sent, TransactionFailure.Timeout));
        Assert.Equal((TrunkHealth.Down, First), await Now());
        Assert.True(_sip.IsQuiet);
        _clock.Advance(TimeSpan.FromMinutes(5));
        await _sip.Sent();
        Assert.Equal(First, _sip.Target?.ToString());
    }

    [Fact]
    public async Task A_wrong_password_is_wrong_everywhere()
    {
        _trunk.Tell(new TrunkMessage.Configure(_registering));
        var (request, sent) = await _sip.Sent();
        Answer(request, sent, 403);
        Assert.Equal((TrunkHealth.Down, First), await Now());
        Assert.True(_sip.IsQuiet);
    }

    [Fact]
    public async Task The_present_one_stays_while_the_name_stands_for_it_and_a_new_one_is_registered_at()
    {
        _trunk.Tell(new TrunkMessage.Configure(_registering));
        var (request, sent) = await _sip.Sent();
        Answer(request, sent, 200);
        Assert.Equal((TrunkHealth.Up, First), await Now());

        _sip.Resolution = Found(3, 1); // the order changes with each answer of a name server
        await ResolvedAgain();
        Assert.Equal((TrunkHealth.Up, First), await Now());
        Assert.True(_sip.IsQuiet);

        _sip.Resolution = Found(3, 2);
        await ResolvedAgain();
        (request, _) = await _sip.Sent();
        Assert.Equal((SipMethod.Register, Third), (request.Method, _sip.Target?.ToString()));
    }

    [Fact]
    public async Task One_that_no_listener_of_ours_reaches_is_not_the_first()
    {
        _sip.Reaches = target => target.Remote.Address.ToString() != "192.0.2.1";
        await Configured(_config);
        Assert.Equal((TrunkHealth.Up, Second), await Now());
    }

    static TargetResolution Found(params int[] last) =>
        new([.. last.Select(host => new SipTarget(TransportKind.Udp, new IPEndPoint(IPAddress.Parse($"192.0.2.{host}"), 5060)))], null);

    async Task Configured(TrunkConfig config)
    {
        _trunk.Tell(new TrunkMessage.Configure(config));
        await Status(); // what it finds out about the name comes behind this
    }

    async Task ResolvedAgain()
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Status();
        await Status();
    }

    Task<TrunkStatus> Status() => _trunk.Ask<TrunkStatus>(new TrunkMessage.GetStatus(), TimeSpan.FromSeconds(30));

    async Task<(TrunkHealth, string?)> Now() => (await Status()) is var status ? (status.Health, status.Target?.ToString()) : default;

    void Answer(SipRequest request, TrunkSent context, int status)
    {
        request.Headers.Prepend(SipHeaderName.Via, "SIP/2.0/UDP 198.51.100.7;branch=z9hG4bKx");
        _trunk.Tell(new TrunkMessage.Answered(context, SipResponse.For(request, status, toTag: "carrier")));
    }
}
