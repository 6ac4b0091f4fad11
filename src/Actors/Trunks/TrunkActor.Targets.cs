using Microsoft.Extensions.Logging;
using TeleCube.Kernel.Actors;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Trunks;

/// <summary>
/// Which of the addresses that a carrier's name stands for is used (RFC 3263 §4.3): the first, for as long as it answers and the name stands for it; then the
/// next, at which we register anew.
/// </summary>
public sealed partial class TrunkActor
{
    SipTarget? _target;

    // Apart: a carrier whose registrar fails may well answer pings, and must not be asked round and round for that.
    int _failedPings;
    int _failedRegisters;
    int _silentWays;

    SipTarget? Target => _target;

    /// <summary>Those that a listener of ours can reach; all of them if it can reach none.</summary>
    List<SipTarget> Ways()
    {
        List<SipTarget> all = [.. _resolution.Targets ?? []];
        List<SipTarget> reached = [.. all.Where(target => services.Sip.EndpointFor(target) is not null)];
        return reached.Count > 0 ? reached : all;
    }

    void Resolve() => _ = Resolve(_config!, _configuration, Self);

    async Task Resolve(TrunkConfig config, long configuration, ActorRef self) => self.Tell(new TrunkMessage.Resolved(
        configuration, await services.Sip.Resolve(config.Host, config.Port, config.Transport).ConfigureAwait(false)));

    void Resolved(TrunkMessage.Resolved message)
    {
        if (message.Configuration != _configuration || _config is not { Enabled: true }) return;
        var found = message.Resolution;
        if (found.Failure is null || _target is null) _resolution = found; // an address that worked is better than none
        Timers.After(ResolveTimer, found.Failure is null ? _resolveEvery : _resolveAgain, new TrunkMessage.ResolveNow());
        var ways = Ways();
        if (_target is null || !ways.Contains(_target))
        {
            _target = ways.FirstOrDefault();
            (_failedPings, _failedRegisters, _silentWays) = (0, 0, 0);
            if (_target is not null) Use();
        }

        Publish();
    }

    /// <summary>The address is another: what it thinks of us is not known.</summary>
    void Use()
    {
        Register();
        Ping();
    }

    /// <summary>
    /// True: there is another address that has not been tried in this round. After the last it begins with the first again, when the time has come.
    /// </summary>
    bool MoveOn(ref int failed)
    {
        if (Ways() is not { Count: > 1 } ways) return false;
        var before = _target;
        _target = ways[(ways.IndexOf(before!) + 1) % ways.Count];
        services.Log.LogWarning("The trunk {Trunk} leaves {Silent} for {Next}", id, before, _target);
        return ++failed < ways.Count;
    }
}
