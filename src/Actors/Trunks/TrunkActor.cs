using Microsoft.Extensions.Logging;
using TeleCube.Kernel.Actors;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Trunks;

/// <summary>
/// One trunk: registers at the carrier, asks whether it is there, and counts its channels. Its state lives in memory; a restart asks again, and counts anew.
/// </summary>
public sealed partial class TrunkActor(TrunkId id, TrunkServices services) : Actor
{
    const string RegisterTimer = "register";
    const string PingTimer = "ping";
    const string ResolveTimer = "resolve";
    const string SilenceTimer = "silence";
    static readonly string[] _timers = [RegisterTimer, PingTimer, ResolveTimer, SilenceTimer];
    static readonly TimeSpan _resolveEvery = TimeSpan.FromMinutes(1);
    static readonly TimeSpan _resolveAgain = TimeSpan.FromSeconds(10);

    readonly TrunkChannels _channels = new(id, services.Live, services.Clock);
    TrunkConfig? _config;
    TrunkRegistrar? _registrar;
    (TrunkRegistrar Registrar, SipTarget Target)? _goodbye;
    bool _removed;
    TargetResolution _resolution;
    long _configuration;

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
            case TrunkMessage.ReleaseChannel(var leg): if (_channels.Release(leg)) Publish(); break;
            case TrunkMessage.ReportSilence silent: Silence(silent); break;
            case TrunkMessage.TryAgain: TryAgain(); break;
            case TrunkMessage.GetStatus: Reply(_status); break;
            case TrunkMessage.Configure(var config): Configure(config); break;
            case TrunkMessage.Remove: Remove(); break;
            case TrunkMessage.Resolved resolved: Resolved(resolved); break;
            case TrunkMessage.ResolveNow: Resolve(); break;
            case TrunkMessage.RegisterNow: Register(); break;
            case TrunkMessage.PingNow: Ping(); break;
            case TrunkMessage.PingOverdue late: Pinged(late.Attempt, false); break;
            case TrunkMessage.Answered answered: Answered(answered); break;
            case TrunkMessage.Unanswered(var sent, var why): Unanswered(sent, why); break;
            default: Unhandled(message); break;
        }
    }

    void Seize(TrunkMessage.SeizeChannel seize)
    {
        var (inUse, lost) = (_channels.InUse, _channels.Lost);
        var code = _config is not { Enabled: true } && !seize.Emergency ? "trunk-disabled"
            : !_channels.TryTake(seize.Leg, seize.Emergency ? int.MaxValue : _config!.ChannelLimit) ? "trunk-full"
            : null;
        if (_channels.Lost > lost)
            services.Log.LogWarning("The trunk {Trunk} counted {Lost} channels of calls that are over; they are free again", id, _channels.Lost - lost);
        if (_channels.InUse != inUse) Publish();
        Reply(code is null ? new TrunkMessage.ChannelGranted(id, seize.Leg) : new TrunkMessage.ChannelRefused(id, seize.Leg, code));
    }

    void Configure(TrunkConfig config)
    {
        if (config == _config) return;
        Unregister();
        _removed = false;
        _config = config;
        _configuration++;
        (_resolution, _target, _failedPings, _failedRegisters, _silentWays, _answersPings, _silence) = (default, null, 0, 0, 0, null, null);
        foreach (var timer in _timers) Timers.Cancel(timer);
        _registrar = config is { Enabled: true, Registration: { } account } ? new TrunkRegistrar(config, account, NewDialogue(), services) : null;
        (_pings, _failedPing) = (NewDialogue(), 0);
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

    void Register()
    {
        if (Target is not { } target || _registrar?.Register(target) is not { } wait) return;
        Timers.After(RegisterTimer, wait, new TrunkMessage.RegisterNow());
        Publish();
    }

    void Answered(TrunkMessage.Answered message)
    {
        var (sent, response) = message;
        if (sent.Purpose == TrunkPurpose.Ping) Pinged(sent.Attempt, response.Status != 503);
        if (sent.Purpose == TrunkPurpose.Unregister) SaidGoodbye(sent, response);
        if (sent.Purpose != TrunkPurpose.Register || sent.Attempt != _registrar?.Attempt || !response.IsFinal || Target is not { } target) return;
        if (_registrar.Take(response, target) is { } wait) Registered(wait, elsewhere: response.Status is 408 or (>= 500 and < 600));
        Publish();
    }

    void Unanswered(TrunkSent sent, TransactionFailure why)
    {
        if (sent.Purpose == TrunkPurpose.Ping) Pinged(sent.Attempt, false);
        if (sent.Purpose == TrunkPurpose.Unregister) SaidGoodbye(sent, null);
        if (sent.Purpose != TrunkPurpose.Register || sent.Attempt != _registrar?.Attempt) return;
        Registered(_registrar.Failed($"no answer ({why})"), elsewhere: true);
        Publish();
    }

    /// <summary>What is refused here may be taken at another address of the carrier (RFC 3263 §4.3), but not if the refusal was about us.</summary>
    void Registered(TimeSpan wait, bool elsewhere)
    {
        if (_registrar!.Failure is null) _failedRegisters = 0;
        if (elsewhere && MoveOn(ref _failedRegisters)) Use();
        else Timers.After(RegisterTimer, wait, new TrunkMessage.RegisterNow());
    }

    TrunkDialogue NewDialogue() => new(RandomText(), RandomText());

    string RandomText()
    {
        Span<byte> bytes = stackalloc byte[12];
        services.Random.Fill(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
