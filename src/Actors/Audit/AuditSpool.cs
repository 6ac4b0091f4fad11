using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
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

    /// <summary>A stop waits no longer for a write that is under way.</summary>
    static readonly TimeSpan _lastPatience = TimeSpan.FromSeconds(10);

    readonly IReadModels _models;
    readonly ILogger<AuditSpool> _log;
    readonly ConcurrentQueue<AuditEntry> _waiting = new();
    readonly SemaphoreSlim _writing = new(1);
    readonly ITimer _timer;
    long _dropped;
    int _stopped;

    public AuditSpool(IReadModels models, TimeProvider clock, ILogger<AuditSpool> log)
    {
        ArgumentNullException.ThrowIfNull(clock);
        (_models, _log) = (models, log);
        _timer = clock.CreateTimer(_ => _ = WriteInTurn(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Entries that wait for the store.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Entries that the store was there for and would not take.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

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

    /// <summary>A last try: what the store does not take now is lost. The exchange stops it in its order, the host once more.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 1) return;
        await _timer.DisposeAsync().ConfigureAwait(false);
        if (!await _writing.WaitAsync(_lastPatience).ConfigureAwait(false)) return; // whoever writes still needs it
        await WriteWaiting().ConfigureAwait(false);
        _writing.Dispose();
    }

    void TryLater() => _timer.Change(_tryAgain, Timeout.InfiniteTimeSpan);

    async Task WriteInTurn()
    {
        if (_waiting.IsEmpty || !await _writing.WaitAsync(TimeSpan.Zero).ConfigureAwait(false)) return;
        try
        {
            await WriteWaiting().ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    async Task WriteWaiting()
    {
        try
        {
            while (_waiting.Take(MostAtOnce).ToList() is { Count: > 0 } some)
                if (await TryWrite(some).ConfigureAwait(false)) foreach (var _ in some) _waiting.TryDequeue(out var _);
                else await WriteEach(some).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            TryLater();
        }
    }

    /// <summary>False if the store is there and refuses the rows, one of which will be to blame.</summary>
    async Task<bool> TryWrite(List<AuditEntry> some)
    {
        try
        {
            await _models.Write([.. some.Select(AuditLog.Row)]).ConfigureAwait(false);
            return true;
        }
        catch (Exception fault) when (fault is not StoreUnavailableException)
        {
            if (some is [var entry]) Drop(entry, fault);
            return false;
        }
    }

    /// <summary>One entry that can't be written must not hold up those behind it, or the room fills and nobody can sign in.</summary>
    async Task WriteEach(List<AuditEntry> some)
    {
        foreach (var entry in some)
        {
            if (some.Count > 1) await TryWrite([entry]).ConfigureAwait(false);
            _waiting.TryDequeue(out _);
        }
    }

    void Drop(AuditEntry entry, Exception fault)
    {
        Interlocked.Increment(ref _dropped);
        _log.LogError(
            fault, "The store refuses this entry of the audit log, which is lost: {Action} of {Resource} {ResourceId} of {Tenant} "
            + "by {Actor} at {At:O}, request {RequestId}",
            entry.Action, entry.Resource, entry.ResourceId, entry.Tenant, entry.Actor.Name, entry.At, entry.RequestId);
    }
}
