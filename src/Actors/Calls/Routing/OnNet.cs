using System.Security.Cryptography;
using System.Text;
using TeleCube.Actors.Trunks;

namespace TeleCube.Actors.Calls.Routing;

/// <summary>
/// Calls between two tenants of the platform: two calls joined by SIP, as between two companies, but on our own
/// wire. The INVITE proves that it is ours by a MAC over its Call-ID under the cluster's key.
/// </summary>
public sealed class OnNet(ReadOnlyMemory<byte> key)
{
    /// <summary>The pseudo-trunk by which such calls leave and enter.</summary>
    public const string TrunkId = "on-net";

    /// <summary>How such calls are read: plain E.164, the other tenant's presentation is to be believed.</summary>
    public static readonly TrunkConfig Trunk = new(new Trunks.TrunkId(TrunkId), "localhost")
    {
        CallerId = new CallerIdPolicy { Asserted = IdentityHeader.PAssertedIdentity, AllowsForeign = true },
        PingEvery = null,
    };

    public const string Header = "X-TeleCube-On-Net";

    public string Sign(string callId) => Convert.ToHexStringLower(HMACSHA256.HashData(key.Span, Encoding.UTF8.GetBytes("on-net:" + callId)));

    public bool Proves(string callId, string? signature) =>
        signature is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(callId)), Encoding.UTF8.GetBytes(signature));
}
