using System.Security.Cryptography;
using System.Text;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Trunks;
using TeleCube.Kernel.Sharding;

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

    /// <summary>Whose phone calls a number of its own company, as <c>tenant/extension</c>; another company is told nothing of it.</summary>
    public const string CallerHeader = "X-TeleCube-Caller";

    public string Sign(string callId, string? caller = null) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key.Span, Encoding.UTF8.GetBytes($"on-net:{callId}{(caller is null ? "" : $"\n{caller}")}")));

    public bool Proves(string callId, string? signature, string? caller = null) =>
        signature is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(callId, caller)), Encoding.UTF8.GetBytes(signature));

    /// <summary>Null for who is none of the company's own.</summary>
    public static string? CallerOf(CallState call) => call[call.Waiting]?.Party switch
    {
        Party.Phone(var extension) => $"{call.Tenant}/{extension}",
        Party.Outside { Extension: { } extension } => $"{call.Tenant}/{extension}",
        _ => null,
    };

    /// <summary>Null unless whoever calls is of this company.</summary>
    public static string? ExtensionOf(string? caller, TenantId tenant) =>
        caller is not null && caller.StartsWith($"{tenant}/", StringComparison.Ordinal) ? caller[(tenant.Value.Length + 1)..] : null;
}
