namespace TeleCube.Sip.Auth;

/// <summary>
/// The nonces that one user has answered. What was issued before this memory began, or has been forgotten for want of room,
/// is called stale rather than trusted, so a restart opens no door to replays.
/// </summary>
/// <param name="since">When this memory began.</param>
/// <param name="most">Nonces that are remembered: an account that dials hundreds of calls a second answers as many challenges at once.</param>
public sealed class NonceCounters(DateTimeOffset since, int most = 256)
{
    readonly Dictionary<string, (DateTimeOffset IssuedAt, NonceWindow Window)> _known = new(StringComparer.Ordinal);
    DateTimeOffset _since = since;

    public NonceUse Use(string nonce, DateTimeOffset issuedAt, uint count)
    {
        if (_known.TryGetValue(nonce, out var known)) return known.Window.TryUse(count) ? NonceUse.Fresh : NonceUse.Replayed;
        if (issuedAt < _since) return NonceUse.Forgotten;

        if (_known.Count >= most) ForgetOldest();
        var window = new NonceWindow();
        if (!window.TryUse(count)) return NonceUse.Replayed;
        _known.Add(nonce, (issuedAt, window));
        return NonceUse.Fresh;
    }

    void ForgetOldest()
    {
        var oldest = _known.MinBy(each => each.Value.IssuedAt);
        _known.Remove(oldest.Key);
        if (oldest.Value.IssuedAt >= _since) _since = oldest.Value.IssuedAt.AddMilliseconds(1);
    }
}

/// <summary>What a nonce count turned out to be.</summary>
public enum NonceUse
{
    Fresh,
    Replayed,
    Forgotten,
}
