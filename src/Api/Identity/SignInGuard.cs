using System.Collections.Concurrent;
using System.Net;

namespace TeleCube.Api.Identity;

/// <summary>
/// Slows down who guesses passwords: by source and login, by source over all logins, and
/// by login over all sources, each in windows of five minutes.
/// </summary>
public sealed class SignInGuard(TimeProvider clock)
{
    const int MaxPerSourceAndLogin = 5;
    const int MaxPerSource = 30;
    const int MaxPerLogin = 100;
    const int MaxTracked = 100_000;

    static readonly TimeSpan _window = TimeSpan.FromMinutes(5);

    readonly ConcurrentDictionary<string, Failures> _failures = new();
    readonly ConcurrentDictionary<IPAddress, DateTimeOffset> _told = new();

    /// <summary>How long this one has to wait before the password is even looked at; null if not at all.</summary>
    public TimeSpan? Wait(IPAddress source, string login)
    {
        var now = clock.GetUtcNow();
        var until = Keys(source, login)
            .Where(key => _failures.TryGetValue(key.Text, out var known) && known.Count >= key.Most && known.Since + _window > now)
            .Select(key => _failures.GetValueOrDefault(key.Text).Since + _window)
            .DefaultIfEmpty(now)
            .Max();
        return until > now ? until - now : null;
    }

    /// <summary>True once for each time that a source has to wait, so that who goes on guessing does not fill the audit log.</summary>
    public bool IsNews(IPAddress source, TimeSpan wait)
    {
        var now = clock.GetUtcNow();
        if (_told.TryGetValue(source, out var until) && until > now) return false;
        if (_told.Count >= MaxTracked) _told.Clear();
        _told[source] = now + wait;
        return true;
    }

    public void Failed(IPAddress source, string login)
    {
        var now = clock.GetUtcNow();
        foreach (var (key, _) in Keys(source, login))
            _failures.AddOrUpdate(key, _ => new Failures(1, now), (_, known) => Next(known, now));
        if (_failures.Count > MaxTracked) Forget(now);
    }

    /// <summary>One right password clears that login at that source, not the source: it may be guessing others.</summary>
    public void Succeeded(IPAddress source, string login) => _failures.TryRemove(Keys(source, login)[0].Text, out _);

    static Failures Next(Failures known, DateTimeOffset now) =>
        known.Since + _window <= now ? new Failures(1, now) : known with { Count = known.Count + 1 };

    static (string Text, int Most)[] Keys(IPAddress source, string login) =>
        [($"{source} {login}", MaxPerSourceAndLogin), ($"{source}", MaxPerSource), ($"login {login}", MaxPerLogin)];

    void Forget(DateTimeOffset now)
    {
        foreach (var entry in _failures.Where(entry => entry.Value.Since + _window <= now).ToList()) _failures.TryRemove(entry);
        foreach (var entry in _failures.OrderBy(entry => entry.Value.Since).Take(_failures.Count - MaxTracked).ToList()) _failures.TryRemove(entry);
    }

    readonly record struct Failures(int Count, DateTimeOffset Since);
}
