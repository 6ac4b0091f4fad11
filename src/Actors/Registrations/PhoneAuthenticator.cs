using System.Collections.Concurrent;
using TeleCube.Actors.Tenants;
using TeleCube.Sip.Auth;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Registrations;

/// <summary>
/// Who a request from a phone really is of: only its credentials say so, never its From (PRODUCT §1). Failures are counted and banned.
/// </summary>
public sealed class PhoneAuthenticator(
    ITenants tenants, DigestServer digest, BanList bans, RegistrarOptions options, ITagSource tags, TimeProvider clock)
{
    readonly ConcurrentDictionary<string, NonceCounters> _counters = new(StringComparer.Ordinal);

    // Nonces of an earlier life are stale: which of their counts were used is not known any more.
    readonly DateTimeOffset _since = clock.GetUtcNow();

    /// <summary>
    /// Judges a request. <paramref name="challenge"/> is 401 for a registrar, 407 for a proxy's role. An emergency call
    /// is judged whatever its source did before (PRODUCT §11), and changes nothing for it but what a wrong password does.
    /// <paramref name="onlyUser"/> is the only one that may ask for this; a right password of another is a failure like a wrong one.
    /// </summary>
    public PhoneAuthentication Check(SipRequest request, SipFlow flow, int challenge, bool emergency = false, string? onlyUser = null)
    {
        if (DigestServer.CredentialsFor(request, options.Realm) is not { } credentials)
            return Challenge(request, challenge, stale: false, request.From.Uri.User);
        var (source, user) = (flow.Remote.Address, credentials.UserName);
        if (!emergency && bans.IsBanned(source, user)) return Refuse(request, 403, "Too Many Failures");

        var found = tenants.BySipUser(user);
        var verdict = Verify(credentials, request.Method, found?.Extension.Credentials, user, AudienceOf(user));
        if (verdict == DigestVerdict.Accepted && onlyUser is not null && onlyUser != user)
        {
            bans.Failed(source, user, "other-extension");
            return Refuse(request, 403, "Not Your Extension");
        }

        if (verdict == DigestVerdict.Accepted && found is { } known)
        {
            if (!emergency) bans.Succeeded(source, user); // a call for help lifts no ban, or whoever guesses right by it would be let in
            return new PhoneAuthentication.Known(known.Tenant, known.Extension);
        }

        if (verdict.IsSuspicious()) bans.Failed(source, user, CodeOf(verdict));
        return verdict.Status(challenge) == 400
            ? Refuse(request, 400, verdict.Reason())
            : Challenge(request, challenge, verdict is DigestVerdict.Stale or DigestVerdict.UnknownNonce, user);
    }

    /// <summary>Whether a request says that it is a phone's of ours: by credentials for our realm or by its From. It says so; nothing is proved by that.</summary>
    public bool IsFromPhone(SipRequest request) =>
        tenants.BySipUser(DigestServer.CredentialsFor(request, options.Realm)?.UserName ?? request.From.Uri.User ?? "") is not null;

    DigestVerdict Verify(DigestCredentials credentials, SipMethod method, SipCredentials? secret, string user, string audience)
    {
        // An unknown user gets no memory of its own, or a guesser could fill ours.
        if (secret is null || secret.Realm != options.Realm)
            return digest.Verify(credentials, method, options.Realm, null, new NonceCounters(_since), audience);
        var counters = _counters.GetOrAdd(user, static (_, since) => new NonceCounters(since), _since);
        lock (counters) return digest.Verify(credentials, method, options.Realm, secret.For(user), counters, audience);
    }

    PhoneAuthentication.Refused Challenge(SipRequest request, int status, bool stale, string? user) =>
        new(digest.Refuse(request, status, options.Realm, tags.Next(null), stale, AudienceOf(user)));

    /// <summary>Whose From says nothing of its company is challenged once more when its credentials do.</summary>
    string AudienceOf(string? user) => user is not null && tenants.BySipUser(user) is { } known ? known.Tenant.Id.Value : "";

    PhoneAuthentication.Refused Refuse(SipRequest request, int status, string? reason) =>
        new(SipResponse.For(request, status, reason, tags.Next(null)));

    static string CodeOf(DigestVerdict verdict) => verdict switch
    {
        DigestVerdict.WrongPassword => "wrong-password",
        DigestVerdict.UnknownUser => "unknown-user",
        _ => "replayed-nonce",
    };
}

/// <summary>Whose a request is, or how it is to be answered.</summary>
public abstract record PhoneAuthentication
{
    PhoneAuthentication() { }

    public sealed record Known(TenantState Tenant, Extension Extension) : PhoneAuthentication;

    public sealed record Refused(SipResponse Response) : PhoneAuthentication;
}
