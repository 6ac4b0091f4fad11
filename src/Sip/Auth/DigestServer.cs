using System.Security.Cryptography;
using System.Text;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Auth;

/// <summary>
/// The server's side of digest authentication (RFC 7616, RFC 8760). Pure over its keys: what
/// a user has used up is the caller's <see cref="NonceCounters"/>.
/// </summary>
public sealed class DigestServer(NonceMint mint, TimeProvider clock, TimeSpan nonceLife, IReadOnlyList<DigestAlgorithm>? algorithms = null)
{
    readonly IReadOnlyList<DigestAlgorithm> _offered = algorithms ?? [DigestAlgorithm.Sha256, DigestAlgorithm.Md5];

    /// <summary>What a client is compared with when there is no such user, so that both refusals take the same time.</summary>
    static readonly DigestSecret _nobody = DigestSecret.From("", "", "");

    /// <summary>
    /// One challenge for each algorithm, the preferred first (RFC 8760 §2.3); for WWW-Authenticate or Proxy-Authenticate.
    /// </summary>
    public IReadOnlyList<DigestChallenge> Challenge(string realm, bool stale = false, string audience = "")
    {
        var nonce = mint.Issue(realm, audience);
        return [.. _offered.Select(algorithm => DigestChallenge.Create(realm, nonce, algorithm.Name(), stale: stale))];
    }

    /// <summary>A 401 or 407 with fresh challenges, whose nonces are good for the audience only.</summary>
    public SipResponse Refuse(SipRequest request, int status, string realm, string toTag, bool stale = false, string audience = "")
    {
        var response = SipResponse.For(request, status, toTag: toTag);
        var name = status == 407 ? SipHeaderName.ProxyAuthenticate : SipHeaderName.WwwAuthenticate;
        foreach (var challenge in Challenge(realm, stale, audience)) response.Headers.Add(name, challenge);
        return response;
    }

    /// <summary>The credentials of a request for our realm, from Authorization or Proxy-Authorization; null if it has none.</summary>
    public static DigestCredentials? CredentialsFor(SipRequest request, string realm)
    {
        foreach (var name in (ReadOnlySpan<SipHeaderName>)[SipHeaderName.Authorization, SipHeaderName.ProxyAuthorization])
            foreach (var text in request.Headers.All(name))
                if (DigestCredentials.TryParse(Encoding.UTF8.GetBytes(text), out var credentials) && credentials.Realm == realm) return credentials;
        return null;
    }

    /// <summary>
    /// Judges credentials; <paramref name="secret"/> is null for an unknown user. Only a right password uses up a nonce count.
    /// </summary>
    public DigestVerdict Verify(
        DigestCredentials credentials, SipMethod method, string realm, DigestSecret? secret, NonceCounters counters, string audience = "")
    {
        if (!DigestAlgorithms.TryParse(credentials.Algorithm, out var algorithm, out var session) || session) return DigestVerdict.UnsupportedAlgorithm;
        if (credentials.Qop is { } qop && !qop.Equals("auth", StringComparison.OrdinalIgnoreCase)) return DigestVerdict.UnsupportedQop;
        if (!IsComplete(credentials, realm)) return DigestVerdict.Malformed;
        var right = IsRight(credentials, method, algorithm, secret ?? _nobody);
        if (secret is null || secret.User != credentials.UserName) return DigestVerdict.UnknownUser;
        if (!right) return DigestVerdict.WrongPassword;
        // Only now: a foreign nonce excuses no wrong password, and who guesses cannot tell by it which users there are.
        if (!mint.TryRead(credentials.Nonce, realm, audience, out var issuedAt)) return DigestVerdict.UnknownNonce;
        return Age(issuedAt) ?? counters.Use(credentials.Nonce, issuedAt, credentials.NonceCount!.Value) switch
        {
            NonceUse.Fresh => DigestVerdict.Accepted,
            NonceUse.Replayed => DigestVerdict.Replayed,
            _ => DigestVerdict.Stale,
        };
    }

    // Without qop there is no count, so nothing would tell a replay: we always offer qop and insist on it.
    static bool IsComplete(DigestCredentials credentials, string realm) =>
        credentials.Realm == realm
        && credentials.UserName.Length > 0
        && credentials.Uri.Length > 0
        && credentials is { Qop: not null, CNonce: not null, NonceCount: not null };

    static bool IsRight(DigestCredentials credentials, SipMethod method, DigestAlgorithm algorithm, DigestSecret secret)
    {
        var ha2 = DigestMath.HA2(algorithm, method.Name, credentials.Uri);
        var expected = DigestMath.Response(
            algorithm, secret.HA1(algorithm), credentials.Nonce, credentials.NonceCountText!, credentials.CNonce!, credentials.Qop!, ha2);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(credentials.Response.ToLowerInvariant()));
    }

    DigestVerdict? Age(DateTimeOffset issuedAt)
    {
        var age = clock.GetUtcNow() - issuedAt;
        return age > nonceLife || age < -nonceLife ? DigestVerdict.Stale : null; // clocks of a cluster differ a little
    }
}
