using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Registrations;

/// <summary>
/// Sources that failed to authenticate too often. A strange source is banned as a whole, before its messages are parsed; in a
/// trusted one only the user that failed. IPv6 is counted by /64, which one host can have to itself.
/// </summary>
public sealed class BanList(BanOptions options, TimeProvider clock, Action<Ban, string>? told = null) : ISourceGate, IDisposable
{
    public const string MeterName = "TeleCube.Registrations";

    /// <summary>
    /// A trusted source may fail so many times more before all of it is banned: one right password is no licence to try all others.
    /// </summary>
    const int TrustedFactor = 10;

    /// <summary>A phone that calls for help connects, asks, is challenged and answers, over a bad network again; to guess passwords it is too narrow.</summary>
    const int HelpCalls = 10;

    static readonly TimeSpan _helpWindow = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<IPAddress, (int Count, DateTimeOffset Since)> _helped = new();
    readonly ConcurrentDictionary<IPAddress, (int Count, DateTimeOffset Since)> _connected = new();
    readonly ConcurrentDictionary<IPAddress, Offender> _sources = new();
    readonly ConcurrentDictionary<(IPAddress, string), Offender> _users = new();
    readonly ConcurrentDictionary<IPAddress, DateTimeOffset> _trusted = new();
    readonly Meter _meter = new(MeterName);
    Counter<long>? _failures;
    Counter<long>? _bans;

    /// <summary>Asked for each datagram: two look-ups.</summary>
    public bool IsBanned(IPAddress source) => !_sources.IsEmpty && Holds(_sources, KeyOf(source));

    public bool MayCallForHelp(IPAddress source) => IsAmongFirst(_helped, source);

    public bool MayConnect(IPAddress source) => IsAmongFirst(_connected, source);

    bool IsAmongFirst(ConcurrentDictionary<IPAddress, (int Count, DateTimeOffset Since)> all, IPAddress source)
    {
        var now = clock.GetUtcNow();
        var asked = all.AddOrUpdate(
            KeyOf(source), _ => (1, now), (_, known) => now - known.Since >= _helpWindow ? (1, now) : (known.Count + 1, known.Since));
        if (all.Count > options.MaxTracked) Forget(all, known => known.Since);
        return asked.Count <= HelpCalls;
    }

    /// <summary>This user is refused from that source, whatever its password.</summary>
    public bool IsBanned(IPAddress source, string user) => !_users.IsEmpty && Holds(_users, (KeyOf(source), user));

    /// <summary>A password was right: what this user failed before is forgiven, to its source too. What others failed there is not: one account would buy guesses at all.</summary>
    public void Succeeded(IPAddress source, string user)
    {
        var key = KeyOf(source);
        _trusted[key] = clock.GetUtcNow() + options.TrustedFor;
        if (_users.TryRemove((key, user), out var forgiven)) Forgive(key, forgiven);
        if (_trusted.Count > options.MaxTracked) Forget(_trusted, until => until);
    }

    /// <summary>
    /// Wrong password, replayed nonce, unknown user; <paramref name="reason"/> is a kebab-case code for the counters. True if that banned
    /// it.
    /// </summary>
    public bool Failed(IPAddress source, string user, string reason)
    {
        Failures.Add(1, new KeyValuePair<string, object?>("reason", reason));
        var (key, now) = (KeyOf(source), clock.GetUtcNow());
        if (options.Whitelist.Any(network => network.Contains(key))) return false;
        var trusted = _trusted.TryGetValue(key, out var until) && until > now;
        var most = trusted ? options.MaxFailures * TrustedFactor : options.MaxFailures;
        var one = Count(_users, (key, user), trusted ? options.MaxFailures : int.MaxValue, now);
        if (Count(_sources, key, most, now) is { } all) Tell(new Ban(key, null, all.Failures, all.BannedUntil), reason);
        else if (one is not null) Tell(new Ban(key, user, one.Value.Failures, one.Value.BannedUntil), reason);
        else return false;
        return true;
    }

    /// <summary>A failure of one of many that share a source, and of it alone: however many there are, the source itself is not banned for them.</summary>
    public bool FailedAlone(IPAddress source, string user, string reason)
    {
        Failures.Add(1, new KeyValuePair<string, object?>("reason", reason));
        var key = KeyOf(source);
        if (options.Whitelist.Any(network => network.Contains(key))) return false;
        if (Count(_users, (key, user), options.MaxFailures, clock.GetUtcNow()) is not { } one) return false;
        Tell(new Ban(key, user, one.Failures, one.BannedUntil), reason);
        return true;
    }

    /// <summary>For the operator.</summary>
    public IReadOnlyList<Ban> Current()
    {
        var now = clock.GetUtcNow();
        return
        [
            .. _sources.Select(entry => new Ban(entry.Key, null, entry.Value.Failures, entry.Value.BannedUntil))
                .Concat(_users.Select(entry => new Ban(entry.Key.Item1, entry.Key.Item2, entry.Value.Failures, entry.Value.BannedUntil)))
                .Where(ban => ban.Until > now)
                .OrderBy(ban => ban.Until),
        ];
    }

    /// <summary>The operator lets a source in again.</summary>
    public void Lift(IPAddress source)
    {
        var key = KeyOf(source);
        _sources.TryRemove(key, out _);
        foreach (var user in _users.Keys.Where(user => user.Item1.Equals(key))) _users.TryRemove(user, out _);
    }

    public void Dispose() => _meter.Dispose();

    Counter<long> Failures => _failures ??= _meter.CreateCounter<long>(
        "telecube.registrations.auth_failures", description: "Failed authentications by reason");

    Counter<long> Bans => _bans ??= _meter.CreateCounter<long>("telecube.registrations.bans", description: "Sources or users banned");

    void Tell(Ban ban, string reason)
    {
        Bans.Add(1);
        told?.Invoke(ban, reason);
    }

    /// <summary>What it has come to, if that banned it: however many failures there were, and though it was banned before.</summary>
    Offender? Count<TKey>(ConcurrentDictionary<TKey, Offender> table, TKey key, int most, DateTimeOffset now) where TKey : notnull
    {
        Offender before = default; // of the last try, which is the one that counts
        var offender = table.AddOrUpdate(
            key,
            _ => Judge((before = default) with { Failures = 1, Since = now }, most, now),
            (_, known) => Judge(Next(before = known, now), most, now));
        if (table.Count > options.MaxTracked) Forget(table, known => known.BannedUntil > known.Since ? known.BannedUntil : known.Since + options.Window);
        return before.BannedUntil <= now && offender.BannedUntil > now ? offender : null;
    }

    void Forgive(IPAddress key, Offender forgiven)
    {
        while (_sources.TryGetValue(key, out var known))
        {
            var left = known with { Failures = Math.Max(0, known.Failures - forgiven.Failures) };
            if (_sources.TryUpdate(key, left, known)) return;
        }
    }

    Offender Next(Offender known, DateTimeOffset now) =>
        now - known.Since > options.Window && known.BannedUntil <= now ? new Offender(1, now, default) : known with { Failures = known.Failures + 1 };

    Offender Judge(Offender offender, int most, DateTimeOffset now) =>
        offender.Failures >= most ? offender with { BannedUntil = now + options.BanFor } : offender;

    bool Holds<TKey>(ConcurrentDictionary<TKey, Offender> table, TKey key) where TKey : notnull =>
        table.TryGetValue(key, out var offender) && offender.BannedUntil > clock.GetUtcNow();

    /// <summary>Makes room for an eighth: what ends first goes first.</summary>
    static void Forget<TKey, TValue>(ConcurrentDictionary<TKey, TValue> table, Func<TValue, DateTimeOffset> ends) where TKey : notnull
    {
        var all = table.ToArray();
        foreach (var entry in all.OrderBy(entry => ends(entry.Value)).Take((all.Length / 8) + 1)) table.TryRemove(entry.Key, out _);
    }

    static IPAddress KeyOf(IPAddress source)
    {
        if (source.IsIPv4MappedToIPv6) return source.MapToIPv4();
        if (source.AddressFamily != AddressFamily.InterNetworkV6) return source;
        Span<byte> bytes = stackalloc byte[16];
        source.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }

    readonly record struct Offender(int Failures, DateTimeOffset Since, DateTimeOffset BannedUntil);
}

/// <summary>One ban as the operator sees it; a null <paramref name="User"/> means the whole source.</summary>
public sealed record Ban(IPAddress Source, string? User, int Failures, DateTimeOffset Until);
