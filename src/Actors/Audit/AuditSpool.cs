using System.Collections.Concurrent;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Audit;

/// <summary>
/// Writes what changes no actor and so has no transaction to go with. While the store is away entries wait in memory, so that a node can be drained and
/// people can sign in at that very time; they are written when it is back, and lost if the process dies before.
/// </summary>
public sealed class AuditSpool : IAsyncDisposable
{
    /// <summary>About half a kilobyte each.</summary>
    public const int Capacity = 10_000;

    /// <summary>Whoever guesses passwords must not take the room of those who know theirs.</summary>
    const int CapacityForRefusals = Capacity / 2;

    const int MostAtOnce = 100;
    static readonly TimeSpan _tryAgain = TimeSpan.FromSeconds(2);

    readonly IReadModels _models;
    readonly ConcurrentQueue<AuditEntry> _waiting = new();
    readonly SemaphoreSlim _writing = new(1);
    readonly ITimer _timer;

    public AuditSpool(IReadModels models, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        (_models, _timer) = (models, clock.CreateTimer(_ => _ = WriteWaiting(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
    }

    /// <summary>Entries that wait for the store.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>
    /// When it returns the entry is durable, or waits for the store. It comes before the deed, so that none goes unrecorded: when the room for
    /// waiting ones is full it throws <see cref="StoreUnavailableException"/>.
    /// </summary>
    public async Task Write(AuditEntry entry, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        try
        {
            await _models.Write([AuditLog.Row(entry)], stop).ConfigureAwait(false);
        }
        catch (StoreUnavailableException) when (_waiting.Count < (entry.Refusal is null ? Capacity : CapacityForRefusals))
        {
            _waiting.Enqueue(entry); // if it was written all the same, its row is written over
            TryLater();
        }
    }

    /// <summary>A last try: what the store does not take now is lost.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        await WriteWaiting().ConfigureAwait(false);
        _writing.Dispose();
    }

    void TryLater() => _timer.Change(_tryAgain, Timeout.InfiniteTimeSpan);

    async Task WriteWaiting()
    {
        if (_waiting.IsEmpty || !await _writing.WaitAsync(TimeSpan.Zero).ConfigureAwait(false)) return;
        try
        {
            while (_waiting.Take(MostAtOnce).ToList() is { Count: > 0 } some)
            {
                await _models.Write([.. some.Select(AuditLog.Row)]).ConfigureAwait(false);
                foreach (var _ in some) _waiting.TryDequeue(out var _);
            }
        }
        catch (StoreUnavailableException)
        {
            TryLater();
        }
        finally
        {
            _writing.Release();
        }
    }
}
