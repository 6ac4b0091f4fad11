using System.Globalization;
using System.Text;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;

namespace TeleCube.Sip.Auth;

/// <summary>
/// The client's side: answers 401 and 407, remembers the nonce and counts, so that later requests carry
/// credentials from the start. One per account and server; not for several threads.
/// </summary>
public sealed class DigestClient(string user, string password, IRandomSource random)
{
    readonly List<Session> _sessions = new(1);

    /// <summary>
    /// Puts answers to all challenges of a response that we can answer into the next try of the request. False when there is no
    /// sense in trying again: nothing we can answer, or the credentials were refused without being stale.
    /// </summary>
    public bool TryAnswer(SipRequest refused, SipResponse response, SipRequest next)
    {
        var answered = TryAnswer(refused, response, next, SipHeaderName.WwwAuthenticate, SipHeaderName.Authorization);
        return TryAnswer(refused, response, next, SipHeaderName.ProxyAuthenticate, SipHeaderName.ProxyAuthorization) | answered;
    }

    /// <summary>Adds credentials from nonces known already, with the next count.</summary>
    public void Authorize(SipRequest request)
    {
        foreach (var session in _sessions)
        {
            request.Headers.Remove(session.Header);
            request.Headers.Add(session.Header, session.Answer(user, password, request, NewCNonce()));
        }
    }

    bool TryAnswer(SipRequest refused, SipResponse response, SipRequest next, SipHeaderName challengeName, SipHeaderName answerName)
    {
        var answered = false;
        next.Headers.Remove(answerName);
        foreach (var realm in Choose(response, challengeName))
        {
            // The same realm refused what we had just answered: the password is wrong (RFC 3261 §22.3). A nonce of earlier requests is only too old,
            // also where the server does not say stale=true.
            if (!realm.IsStale && HasAnswered(refused, answerName, realm) && !IsOld(answerName, realm.Realm)) continue;
            _sessions.RemoveAll(known => known.Header == answerName && known.Challenge.Realm == realm.Realm);
            var session = new Session(realm, answerName);
            _sessions.Add(session);
            next.Headers.Add(answerName, session.Answer(user, password, next, NewCNonce()));
            answered = true;
        }
        return answered;
    }

    // One challenge for each realm: the topmost that we know (RFC 8760 §2.4: the server sorts them by preference).
    static IEnumerable<DigestChallenge> Choose(SipResponse response, SipHeaderName name)
    {
        var realms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in response.Headers.All(name))
        {
            if (!DigestChallenge.TryParse(Encoding.UTF8.GetBytes(text), out var challenge)) continue;
            if (!DigestAlgorithms.TryParse(challenge.Algorithm, out _, out _) || !CanDo(challenge)) continue;
            if (realms.Add(challenge.Realm)) yield return challenge;
        }
    }

    static bool CanDo(DigestChallenge challenge) =>
        challenge.Qop is []
        || challenge.Qop.Contains("auth", StringComparer.OrdinalIgnoreCase)
        || challenge.Qop.Contains("auth-int", StringComparer.OrdinalIgnoreCase);

    bool IsOld(SipHeaderName header, string realm) =>
        _sessions.Exists(known => known.Header == header && known.Challenge.Realm == realm && known.Uses > 1);

    static bool HasAnswered(SipRequest refused, SipHeaderName answerName, DigestChallenge challenge)
    {
        foreach (var text in refused.Headers.All(answerName))
            if (DigestCredentials.TryParse(Encoding.UTF8.GetBytes(text), out var sent) && sent.Realm == challenge.Realm) return true;
        return false;
    }

    string NewCNonce()
    {
        Span<byte> bytes = stackalloc byte[8];
        random.Fill(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>One nonce of one realm and how often it was used.</summary>
    sealed class Session(DigestChallenge challenge, SipHeaderName header)
    {
        uint _count;

        public DigestChallenge Challenge => challenge;

        public SipHeaderName Header => header;

        public uint Uses => _count;

        public DigestCredentials Answer(string user, string password, SipRequest request, string cnonce)
        {
            _ = DigestAlgorithms.TryParse(challenge.Algorithm, out var algorithm, out var session); // Choose has seen that it can
            var uri = request.Uri.ToString();
            var qop = challenge.Qop is [] ? null : challenge.Qop.Contains("auth", StringComparer.OrdinalIgnoreCase) ? "auth" : "auth-int";
            var ha1 = DigestMath.HA1(algorithm, user, challenge.Realm, password);
            if (session) ha1 = DigestMath.SessionHA1(algorithm, ha1, challenge.Nonce, cnonce);
            var ha2 = qop == "auth-int"
                ? DigestMath.HA2(algorithm, request.Method.Name, uri, request.Body.Span)
                : DigestMath.HA2(algorithm, request.Method.Name, uri);
            var nc = (++_count).ToString("x8", CultureInfo.InvariantCulture);
            var response = qop is null
                ? DigestMath.Response(algorithm, ha1, challenge.Nonce, ha2)
                : DigestMath.Response(algorithm, ha1, challenge.Nonce, nc, cnonce, qop, ha2);
            return DigestCredentials.Create(user, challenge, uri, response, qop, qop is null && !session ? null : cnonce, _count);
        }
    }
}
