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
    string? _silence;

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
        if (attempt != _pings?.CSeq) return;
        Timers.Cancel("ping overdue");
        _answersPings = answered;
        if (_config?.PingEvery is { } every) Timers.After(PingTimer, every, new TrunkMessage.PingNow());
        if (answered) _silence = null;
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
        if (Target is { } target && services.Sip.EndpointFor(target) is null) return (TrunkHealth.Down, NoListener.For(target));
        if (_silence is not null) return (TrunkHealth.Down, _silence);
        if (_answersPings is false) return (TrunkHealth.Down, "no answer to OPTIONS");
        if (_registrar is { RegisteredUntil: null, Failure: { } why }) return (TrunkHealth.Down, $"not registered: {why}");
        var waits = Target is null || _registrar is { RegisteredUntil: null } || (_config.PingEvery is not null && _answersPings is null);
        return (waits ? TrunkHealth.Unknown : TrunkHealth.Up, null);
    }
}
