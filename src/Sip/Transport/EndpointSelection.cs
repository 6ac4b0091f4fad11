using System.Net;

namespace TeleCube.Sip.Transport;

/// <summary>Which of our addresses a message to a target is sent from, and so named in its Via and Contact.</summary>
public static class EndpointSelection
{
    /// <summary>
    /// The one asked for; else one of the same transport, family and reach (loopback to loopback); null when there is none.
    /// </summary>
    public static SipEndpoint? For(IReadOnlyList<SipEndpoint> endpoints, SipTarget target)
    {
        SipEndpoint? best = null;
        var bestScore = 0;
        foreach (var endpoint in endpoints)
        {
            if (Score(endpoint, target) is var score && score <= bestScore) continue;
            (best, bestScore) = (endpoint, score);
        }
        return best;
    }

    static int Score(SipEndpoint endpoint, SipTarget target)
    {
        if (endpoint.Transport != target.Transport || endpoint.Bind.AddressFamily != target.Remote.AddressFamily) return 0;
        var score = 1;
        if (target.Local is { } local) score += endpoint.Bind.Equals(local) ? 8 : endpoint.Bind.Address.Equals(local.Address) ? 4 : 0;
        if (endpoint.Bind.Address.Equals(target.Remote.Address)) score += 1;
        if (IPAddress.IsLoopback(endpoint.Bind.Address) == IPAddress.IsLoopback(target.Remote.Address)) score += 2;
        return score;
    }
}
