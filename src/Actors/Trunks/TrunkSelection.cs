using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Trunks;

/// <summary>Which trunks a call may leave by, in the order in which they are to be tried.</summary>
public static class TrunkSelection
{
    /// <summary>
    /// By priority; equal ones share by weight, drawn from the call's id so that a repeated decision is the same. Full or silent
    /// trunks are left out, but an emergency call tries them last: it is never refused (PRODUCT §11).
    /// </summary>
    public static IReadOnlyList<TrunkConfig> Candidates(
        IEnumerable<TrunkConfig> trunks, DialledNumber number, string callId, Func<TrunkId, TrunkStatus?> status)
    {
        var emergency = number is DialledNumber.Emergency;
        return
        [
            .. trunks
                .Where(trunk => trunk.Enabled && Carries(trunk.Routing, number))
                .Select(trunk => (Trunk: trunk, Rank: Rank(trunk, status(trunk.Id))))
                .Where(candidate => emergency || candidate.Rank < Readiness.Full)
                .OrderBy(candidate => candidate.Rank)
                .ThenBy(candidate => candidate.Trunk.Routing.Priority)
                .ThenBy(candidate => Draw(callId, candidate.Trunk))
                .ThenBy(candidate => candidate.Trunk.Id)
                .Select(candidate => candidate.Trunk),
        ];
    }

    public static bool IsFailover(TrunkConfig trunk, int statusCode) => trunk.Routing.FailoverCodes.Contains(statusCode);

    enum Readiness { Up, Unknown, Full, Down }

    static Readiness Rank(TrunkConfig trunk, TrunkStatus? status) => status switch
    {
        null => Readiness.Unknown,
        { Health: TrunkHealth.Down } => Readiness.Down,
        _ when status.ChannelsInUse >= trunk.ChannelLimit => Readiness.Full,
        { Health: TrunkHealth.Up } => Readiness.Up,
        _ => Readiness.Unknown,
    };

    static bool Carries(TrunkRouting routing, DialledNumber number) => number switch
    {
        DialledNumber.Emergency => routing.CarriesEmergency,
        DialledNumber.Short => routing.CarriesShortNumbers,
        DialledNumber.Public(var found) => routing.Prefixes is []
            || routing.Prefixes.Any(prefix => found.Digits.StartsWith(prefix, StringComparison.Ordinal)),
        _ => false,
    };

    /// <summary>Weighted rendezvous: the smallest of −ln(u)/weight wins with a probability in proportion to the weight.</summary>
    static double Draw(string callId, TrunkConfig trunk)
    {
        var hash = BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{callId}/{trunk.Id}")));
        var uniform = ((hash >> 11) + 0.5) / (1UL << 53);
        return -Math.Log(uniform) / Math.Max(1, trunk.Routing.Weight);
    }
}
