using Microsoft.Extensions.Logging;

namespace TeleCube.Actors.Trunks;

/// <summary>
/// Whether the carrier is there: its answers to our OPTIONS, its silence to an INVITE, its registration and its address, as the registry shows them.
/// </summary>
public sealed partial class TrunkActor
{
    static readonly TimeSpan _pingPatience = TimeSpan.FromSeconds(5);
    static readonly TimeSpan _silenceFor = TimeSpan.FromSeconds(30);

    TrunkStatus _status = new(id, TrunkHealth.Unknown, 0, services.Clock.GetUtcNow());
    TrunkDialogue? _pings;
    bool? _answersPings;
    long _failedPing;
    string? _silence;
    TrunkStatus? _toldDown;

    void Ping()
    {
        if (_config is not { PingEvery: { } every } config || Target is not { } target) return;
        if (services.Sip.EndpointFor(target) is not { } local)
        {
            Timers.After(PingTimer, every, new TrunkMessage.PingNow());
            return;
        }

        var request = TrunkRequests.Ping(config, local, _pings!.Next());
        services.Sip.Send(request, target, new TrunkSent(id, TrunkPurpose.Ping, _pings.CSeq));
        Timers.After("ping overdue", _pingPatience, new TrunkMessage.PingOverdue(_pings.CSeq));
    }

    /// <summary>Whatever a carrier answers, it is there; only 503 says that it takes no calls. The next ping waits for the outcome of this one.</summary>
    void Pinged(long attempt, bool answered)
    {
        if (attempt != _pings?.CSeq || (!answered && attempt == _failedPing)) return;
        if (!answered) _failedPing = attempt; // the stack gives it up later than we do
        Timers.Cancel("ping overdue");
        _answersPings = answered;
        if (_config?.PingEvery is { } every) Timers.After(PingTimer, every, new TrunkMessage.PingNow());
        if (answered) (_silence, _failedPings) = (null, 0);
        else if (_target is var before && MoveOn(ref _failedPings))
        {
            _answersPings = null;
            Use();
        }
        else if (_target != before) Register(); // and is asked when the time has come

        Publish();
    }

    void Silence(TrunkMessage.ReportSilence silent)
    {
        if (_target is not { } target || (silent.Target is { } meant && meant != target)) return; // that one is left already
        if (!MoveOn(ref _silentWays)) _silence = silent.Reason;
        Timers.After(SilenceTimer, _silenceFor, new TrunkMessage.TryAgain());
        if (_target != target) Use();
        Publish();
    }

    void TryAgain()
    {
        (_silence, _silentWays) = (null, 0);
        Publish();
    }

    void Publish()
    {
        if (_removed) return;
        var (health, reason, suspected) = Judge();
        var now = services.Clock.GetUtcNow();
        _status = new TrunkStatus(id, health, _channels.InUse, health == _status.Health && reason == _status.Reason ? _status.Since : now, reason)
        {
            Suspected = suspected,
            Target = Target,
            Addresses = [.. (_resolution.Targets ?? []).Select(target => target.Remote.Address)],
            RegisteredUntil = _registrar?.RegisteredUntil,
        };
        services.Registry.Publish(_status);
        TellChange();
    }

    /// <summary>Each change once: who reads the log at night need not ask the API. What the operator has switched off he knows.</summary>
    void TellChange()
    {
        if (_config is not { Enabled: true }) _toldDown = null;
        else if (_status.Health is TrunkHealth.Down && _status.Reason != _toldDown?.Reason)
        {
            _toldDown = _status;
            services.Log.LogWarning("The trunk {Trunk} is down: {Reason}", id, _status.Reason);
        }
        else if (_status.Health is TrunkHealth.Up && _toldDown is { } was)
        {
            _toldDown = null;
            services.Log.LogWarning("The trunk {Trunk} is taken for up again; it was down since {Since:O}: {Reason}", id, was.Since, was.Reason);
        }
    }

    (TrunkHealth Health, string? Reason, bool Suspected) Judge()
    {
        if (_config is not { Enabled: true }) return (TrunkHealth.Down, "disabled", false);
        if (_resolution.Failure is { } failure) return (TrunkHealth.Down, failure, false);
        if (Target is { } target && services.Sip.EndpointFor(target) is null) return (TrunkHealth.Down, NoListener.For(target), false);
        if (_silence is not null) return (TrunkHealth.Down, _silence, true);
        if (_answersPings is false) return (TrunkHealth.Down, "no answer to OPTIONS", true);
        if (_registrar is { RegisteredUntil: null, Failure: { } why }) return (TrunkHealth.Down, $"not registered: {why}", true);
        var waits = Target is null || _registrar is { RegisteredUntil: null } || (_config.PingEvery is not null && _answersPings is null);
        return (waits ? TrunkHealth.Unknown : TrunkHealth.Up, null, false);
    }
}
