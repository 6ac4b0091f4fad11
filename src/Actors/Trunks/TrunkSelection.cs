using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Trunks;

/// <summary>Which trunks a call may leave by, in the order in which they are to be tried.</summary>
public static class TrunkSelection
{
    /// <summary>
    /// By priority; equal ones share by weight, drawn from the call's id so that a repeated decision is the same. One that was silent
    /// comes last, for it may have come back. Full trunks, and those that cannot be used, are left out, but an emergency call tries
    /// them too: it is never refused (PRODUCT §11).
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
                .Where(candidate => emergency || candidate.Rank is Readiness.Up or Readiness.Unknown or Readiness.Suspected)
                .OrderBy(candidate => candidate.Rank)
                .ThenBy(candidate => candidate.Trunk.Routing.Priority)
                .ThenBy(candidate => Draw(callId, candidate.Trunk))
                .ThenBy(candidate => candidate.Trunk.Id)
                .Select(candidate => candidate.Trunk),
        ];
    }

    public static bool IsFailover(TrunkConfig trunk, int statusCode) => trunk.Routing.FailoverCodes.Contains(statusCode);

    /// <summary>Those by which the number does not go, or goes last, each with why. <paramref name="all"/>: also those that are not meant for it.</summary>
    public static IEnumerable<string> PassedOver(IEnumerable<TrunkConfig> trunks, DialledNumber number, Func<TrunkId, TrunkStatus?> status, bool all) =>
        trunks.Where(trunk => all || (trunk.Enabled && Carries(trunk.Routing, number)))
            .OrderBy(trunk => trunk.Routing.Priority).ThenBy(trunk => trunk.Id)
            .Select(trunk => WhyNot(trunk, number, status(trunk.Id)) is { } why ? $"{trunk.Id} {why}" : null)
            .OfType<string>();

    static string? WhyNot(TrunkConfig trunk, DialledNumber number, TrunkStatus? status) => Rank(trunk, status) switch
    {
        _ when !trunk.Enabled => "passed over: disabled",
        _ when !Carries(trunk.Routing, number) => "passed over: not for this number",
        Readiness.Suspected => $"put last: {Down(status!)}",
        Readiness.Down when number is not DialledNumber.Emergency => $"passed over: {Down(status!)}",
        Readiness.Full when number is not DialledNumber.Emergency => $"passed over: channel limit, all {trunk.ChannelLimit} are in use",
        _ => null,
    };

    static string Down(TrunkStatus status) => string.Create(CultureInfo.InvariantCulture, $"down since {status.Since.UtcDateTime:u}, {status.Reason}");

    /// <summary>In the order in which an emergency call tries them.</summary>
    enum Readiness { Up, Unknown, Full, Suspected, Down }

    static Readiness Rank(TrunkConfig trunk, TrunkStatus? status) => status switch
    {
        null => Readiness.Unknown,
        { Health: TrunkHealth.Down } => status.Suspected ? Readiness.Suspected : Readiness.Down,
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
