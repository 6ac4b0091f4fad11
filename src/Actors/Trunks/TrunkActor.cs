using TeleCube.Kernel.Actors;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Trunks;

/// <summary>
/// One trunk: registers at the carrier, asks whether it is there, and counts its channels. Its state lives in memory; a restart asks again.
/// </summary>
public sealed class TrunkActor(TrunkId id, TrunkServices services) : Actor
{
    const string RegisterTimer = "register";
    const string PingTimer = "ping";
    const string ResolveTimer = "resolve";
    const string SilenceTimer = "silence";
    static readonly string[] _timers = [RegisterTimer, PingTimer, ResolveTimer, SilenceTimer];
    static readonly TimeSpan _pingPatience = TimeSpan.FromSeconds(5);
    static readonly TimeSpan _silenceFor = TimeSpan.FromSeconds(30);
    static readonly TimeSpan _resolveEvery = TimeSpan.FromMinutes(1);
    static readonly TimeSpan _resolveAgain = TimeSpan.FromSeconds(10);

    readonly HashSet<string> _legs = [];
    TrunkConfig? _config;
    TrunkRegistrar? _registrar;
    (TrunkRegistrar Registrar, SipTarget Target)? _goodbye;
    bool _removed;
    TrunkDialogue? _pings;
    TrunkStatus _status = new(id, TrunkHealth.Unknown, 0, services.Clock.GetUtcNow());
    TargetResolution _resolution;
    long _configuration;
    bool? _answersPings;
    string? _silence;

    protected override void PreStart()
    {
        if (services.Platform.Current.Trunks.GetValueOrDefault(id) is { } config) Configure(config);
    }

    protected override void PostStop() => services.Registry.Withdraw(id);

    protected override void Receive(object message)
    {
        switch (message)
        {
            case TrunkMessage.SeizeChannel seize: Seize(seize); break;
            case TrunkMessage.ReleaseChannel(var leg): if (_legs.Remove(leg)) Publish(); break;
            case TrunkMessage.ReportSilence(var why): Silence(why); break;
            case TrunkMessage.TryAgain: _silence = null; Publish(); break;
            case TrunkMessage.GetStatus: Reply(_status); break;
            case TrunkMessage.Configure(var config): Configure(config); break;
            case TrunkMessage.Remove: Remove(); break;
            case TrunkMessage.Resolved resolved: Resolved(resolved); break;
            case TrunkMessage.ResolveNow: Resolve(); break;
            case TrunkMessage.RegisterNow: if (Target is { } target) _registrar?.Send(target); break;
            case TrunkMessage.PingNow: Ping(); break;
            case TrunkMessage.PingOverdue late: Pinged(late.Attempt, false); break;
            case TrunkMessage.Answered answered: Answered(answered); break;
            case TrunkMessage.Unanswered(var sent, var why): Unanswered(sent, why); break;
            default: Unhandled(message); break;
        }
    }

    SipTarget? Target => _resolution.Targets is [var first, ..] ? first : null;

    void Seize(TrunkMessage.SeizeChannel seize)
    {
        var code = _config is not { Enabled: true } && !seize.Emergency ? "trunk-disabled"
            : _config is { } config && _legs.Count >= config.ChannelLimit && !_legs.Contains(seize.Leg) && !seize.Emergency ? "trunk-full"
            : null;
        if (code is not null)
        {
            Reply(new TrunkMessage.ChannelRefused(id, seize.Leg, code));
            return;
        }

        if (_legs.Add(seize.Leg)) Publish();
        Reply(new TrunkMessage.ChannelGranted(id, seize.Leg));
    }

    void Configure(TrunkConfig config)
    {
        if (config == _config) return;
        Unregister();
        _removed = false;
        _config = config;
        _configuration++;
        (_resolution, _answersPings, _silence) = (default, null, null);
        foreach (var timer in _timers) Timers.Cancel(timer);
        _registrar = config is { Enabled: true, Registration: { } account } ? new TrunkRegistrar(config, account, NewDialogue(), services) : null;
        _pings = NewDialogue();
        Resolve();
        Publish();
    }

    /// <summary>It stays until the carrier has taken the un-registration, since that may have to be repeated with another nonce.</summary>
    void Remove()
    {
        Unregister();
        (_config, _registrar, _removed) = (null, null, true);
        foreach (var timer in _timers) Timers.Cancel(timer);
        services.Registry.Withdraw(id);
        if (_goodbye is null) Context.Stop(Self);
    }

    void Unregister()
    {
        if (_registrar?.RegisteredUntil is null || Target is not { } target) return;
        _registrar.Send(target, TrunkPurpose.Unregister);
        _goodbye = (_registrar, target);
    }

    void SaidGoodbye(TrunkSent sent, SipResponse? answer)
    {
        if (_goodbye is not var (registrar, target) || sent.Attempt != registrar.Attempt || answer is { IsFinal: false }) return;
        if (answer is not null && registrar.Repeats(answer, target)) return;
        _goodbye = null;
        if (_removed) Context.Stop(Self);
    }

    void Resolve() => _ = Resolve(_config!, _configuration, Self);

    async Task Resolve(TrunkConfig config, long configuration, ActorRef self) => self.Tell(new TrunkMessage.Resolved(
        configuration, await services.Sip.Resolve(config.Host, config.Port, config.Transport).ConfigureAwait(false)));

    void Resolved(TrunkMessage.Resolved message)
    {
        if (message.Configuration != _configuration || _config is not { Enabled: true } config) return;
        var first = Target is null;
        var found = message.Resolution;
        if (found.Failure is null || first) _resolution = found; // an address that worked is better than none
        Timers.After(ResolveTimer, found.Failure is null ? _resolveEvery : _resolveAgain, new TrunkMessage.ResolveNow());
        if (first && Target is { } target)
        {
            _registrar?.Send(target);
            if (config.PingEvery is not null) Ping();
        }

        Publish();
    }

    void Ping()
    {
        if (_config is not { PingEvery: not null } config || Target is not { } target || services.Sip.EndpointFor(target) is not { } local) return;
        var request = TrunkRequests.Ping(config, local, _pings!.Next());
        services.Sip.Send(request, target, new TrunkSent(id, TrunkPurpose.Ping, _pings.CSeq));
        Timers.After("ping overdue", _pingPatience, new TrunkMessage.PingOverdue(_pings.CSeq));
    }

    /// <summary>Whatever a carrier answers, it is there; only 503 says that it takes no calls. The next ping waits for the outcome of this one.</summary>
    void Pinged(long attempt, bool answered)
    {
        if (attempt != _pings?.CSeq) return;
        Timers.Cancel("ping overdue");
        _answersPings = answered;
        if (_config?.PingEvery is { } every) Timers.After(PingTimer, every, new TrunkMessage.PingNow());
        if (answered) _silence = null;
        Publish();
    }

    void Answered(TrunkMessage.Answered message)
    {
        var (sent, response) = message;
        if (sent.Purpose == TrunkPurpose.Ping) Pinged(sent.Attempt, response.Status != 503);
        if (sent.Purpose == TrunkPurpose.Unregister) SaidGoodbye(sent, response);
        if (sent.Purpose != TrunkPurpose.Register || sent.Attempt != _registrar?.Attempt || !response.IsFinal || Target is not { } target) return;
        if (_registrar.Take(response, target) is { } wait) Timers.After(RegisterTimer, wait, new TrunkMessage.RegisterNow());
        Publish();
    }

    void Unanswered(TrunkSent sent, TransactionFailure why)
    {
        if (sent.Purpose == TrunkPurpose.Ping) Pinged(sent.Attempt, false);
        if (sent.Purpose == TrunkPurpose.Unregister) SaidGoodbye(sent, null);
        if (sent.Purpose != TrunkPurpose.Register || sent.Attempt != _registrar?.Attempt) return;
        Timers.After(RegisterTimer, _registrar.Failed($"no answer ({why})"), new TrunkMessage.RegisterNow());
        Publish();
    }

    void Silence(string why)
    {
        _silence = why;
        Timers.After(SilenceTimer, _silenceFor, new TrunkMessage.TryAgain());
        Publish();
    }

    void Publish()
    {
        if (_removed) return;
        var (health, reason) = Judge();
        var now = services.Clock.GetUtcNow();
        _status = new TrunkStatus(id, health, _legs.Count, health == _status.Health && reason == _status.Reason ? _status.Since : now, reason)
        {
            Target = Target,
            Addresses = [.. (_resolution.Targets ?? []).Select(target => target.Remote.Address)],
            RegisteredUntil = _registrar?.RegisteredUntil,
        };
        services.Registry.Publish(_status);
    }

    (TrunkHealth Health, string? Reason) Judge()
    {
        if (_config is not { Enabled: true }) return (TrunkHealth.Down, "disabled");
        if (_resolution.Failure is { } failure) return (TrunkHealth.Down, failure);
        if (_silence is not null) return (TrunkHealth.Down, _silence);
        if (_answersPings is false) return (TrunkHealth.Down, "no answer to OPTIONS");
        if (_registrar is { RegisteredUntil: null, Failure: { } why }) return (TrunkHealth.Down, $"not registered: {why}");
        var waits = Target is null || _registrar is { RegisteredUntil: null } || (_config.PingEvery is not null && _answersPings is null);
        return (waits ? TrunkHealth.Unknown : TrunkHealth.Up, null);
    }

    TrunkDialogue NewDialogue() => new(RandomText(), RandomText());

    string RandomText()
    {
        Span<byte> bytes = stackalloc byte[12];
        services.Random.Fill(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
