using System.Collections.Concurrent;
using System.Net;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Registrations;
using TeleCube.Sip.Auth;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Trunks;

/// <summary>Which trunk a request comes by: the source says so, and where the operator wants it, credentials too.</summary>
public sealed class TrunkGate(IPlatform platform, ITrunks trunks, DigestServer digest, BanList bans, ITagSource tags, string realm, TimeProvider clock)
{
    readonly ConcurrentDictionary<TrunkId, NonceCounters> _counters = new();
    readonly DateTimeOffset _since = clock.GetUtcNow();

    /// <summary>
    /// The trunk that may send from there, or null. Several trunks at one address are told apart by the registered user in the
    /// Request-URI, then by the source port, which is the carrier's own where it sends from where it listens.
    /// </summary>
    public TrunkConfig? Identify(SipRequest request, SipFlow flow)
    {
        var candidates = platform.Current.Trunks.Values.Where(trunk => trunk.Enabled && MaySend(trunk, flow.Remote.Address)).ToList();
        if (candidates.Count < 2) return candidates.FirstOrDefault();
        return candidates.FirstOrDefault(trunk => trunk.Registration is { } registration && request.Uri.User == registration.User)
            ?? candidates.FirstOrDefault(trunk => trunk.Port == flow.Remote.Port)
            ?? candidates[0];
    }

    /// <summary>
    /// Null if the carrier may call; else the challenge or refusal. Wrong passwords shut out this trunk at this source, and no other of the carrier's.
    /// </summary>
    public SipResponse? Refuse(SipRequest request, TrunkConfig trunk, SipFlow flow)
    {
        if (trunk.Inbound is not { } expected) return null;
        var (source, name) = (flow.Remote.Address, $"trunk {trunk.Id}");
        if (bans.IsBanned(source, name)) return SipResponse.For(request, 403, "Too Many Failures", tags.Next(null));
        if (DigestServer.CredentialsFor(request, realm) is not { } credentials) return Challenge(request, stale: false);
        var counters = _counters.GetOrAdd(trunk.Id, static (_, since) => new NonceCounters(since), _since);
        var secret = DigestSecret.From(expected.User, realm, expected.Password);
        DigestVerdict verdict;
        lock (counters) verdict = digest.Verify(credentials, request.Method, realm, secret, counters);
        if (verdict == DigestVerdict.Accepted) return null;
        if (verdict.IsSuspicious()) bans.FailedAlone(source, name, "trunk-password");
        return verdict.Status(401) == 400
            ? SipResponse.For(request, 400, verdict.Reason(), tags.Next(null))
            : Challenge(request, verdict is DigestVerdict.Stale or DigestVerdict.UnknownNonce);
    }

    bool MaySend(TrunkConfig trunk, IPAddress source) =>
        TrunkSources.Allows(trunk, source) || trunk.AllowedSources is [] && trunks.Find(trunk.Id)?.Addresses.Contains(source) == true;

    SipResponse Challenge(SipRequest request, bool stale) => digest.Refuse(request, 401, realm, tags.Next(null), stale);
}
