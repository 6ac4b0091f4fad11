using Microsoft.Data.Sqlite;
using TeleCube.Kernel.Persistence;
using TeleCube.Storage.Groups;
using TeleCube.Storage.Keys;

namespace TeleCube.Storage.Sqlite;

/// <summary>Commits a group as one transaction with one fsync, on the caller's thread. Each write's checks come before its first change, so none has
/// to be undone.</summary>
sealed class SqliteCommitter(StoreOptions options, SqliteOwnership ownership, DirectoryCache cache) : IGroupCommitter
{
    const int StreamsPerDrop = 200;
    const int FeedEventsPerDrop = 1000;
    readonly Lock _writing = new();
    SqliteSession? _session;

    /// <summary>Runs work on the writing connection, between groups.</summary>
    public Task<T> Run<T>(Func<SqliteSession, T> work) => Task.Run(() => Alone(work));

    public Task Commit(IReadOnlyList<PendingWrite> group) => Here(session =>
    {
        session.Transaction(() =>
        {
            foreach (var write in group) write.Outcome = Apply(session, write);
            return true;
        });
        foreach (var write in group) if (write.Outcome.Status == AppendStatus.Committed) cache.Forget(write.Writes);
        return true;
    });

    /// <summary>A new connection, since the old one may hold on to a dead file.</summary>
    public Task Reconnect(CancellationToken stop)
    {
        lock (_writing)
        {
            _session?.Dispose();
            _session = null;
        }
        return Here(_ => true);
    }

    /// <summary>A write, also because a failed fsync may have left frames of the refused group in the WAL: it overwrites them, so that no
    /// later recovery can find them.</summary>
    public Task Probe(CancellationToken stop) =>
        Here(session => session.Transaction(() => session.Rows.Probe.Execute() + session.Rows.EndProbe.Execute()));

    public Task<bool> WasCommitted(PendingWrite write) => Here(session =>
        write.Append is { } append ? Holds(session, append) : write.ChangesBindings && HoldsBindings(session, write));

    /// <summary>The journal has the append's first event: it was written before, and its caller did not hear of it.</summary>
    static bool Holds(SqliteSession session, Append append) => append is { Events: [var first, ..] }
        && session.Stream.EventId.Read(row => row.GuidAt(0), append.PersistenceId, first.SequenceNr) is [var found] && found == first.EventId;

    static bool HoldsBindings(SqliteSession session, PendingWrite write) =>
        write.Bindings.All(row => session.Rows.Binding(row.Key) == PendingWrite.AsStored(row))
            && write.Unbindings.All(key => session.Rows.Binding(key) is null);

    /// <summary>Drops streams of calls and SMS that are over, a few per transaction, so that no call waits for it.</summary>
    public async Task<long> DropStreamsBefore(DateOnly calls, DateOnly sms, CancellationToken stop)
    {
        long dropped = 0;
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            var some = await Run(session => session.Transaction(() => DropSome(session, calls, sms)));
            dropped += some;
            if (some < StreamsPerDrop) return dropped;
        }
    }

    /// <summary>Drops what was told to tenants long ago, a little per transaction.</summary>
    public async Task<long> DropFeedBefore(DateTimeOffset before, CancellationToken stop)
    {
        long dropped = 0;
        foreach (var tenant in await Run(session => session.Rows.FeedTenants.Read(row => row.TextAt(0))))
        {
            int some;
            do
            {
                stop.ThrowIfCancellationRequested();
                some = await Run(session => session.Transaction(() => session.Rows.DropFeed.Execute(tenant, before, FeedEventsPerDrop)));
                dropped += some;
            }
            while (some == FeedEventsPerDrop);
        }

        return dropped;
    }

    public ValueTask DisposeAsync()
    {
        lock (_writing) _session?.Dispose();
        return ValueTask.CompletedTask;
    }

    Task<T> Here<T>(Func<SqliteSession, T> work)
    {
        try
        {
            return Task.FromResult(Alone(work));
        }
        catch (Exception fault)
        {
            return Task.FromException<T>(fault);
        }
    }

    T Alone<T>(Func<SqliteSession, T> work)
    {
        lock (_writing) return Guarded(() => work(_session ??= new SqliteSession(options)));
    }

    AppendOutcome Apply(SqliteSession session, PendingWrite write)
    {
        if (write.Append is { } append && Refusal(session, append, write.Writes) is { } refused)
            return refused.Status == AppendStatus.SequenceConflict && Holds(session, append) ? AppendOutcome.Committed : refused;
        SqliteRows.Apply(session, write);
        return AppendOutcome.Committed;
    }

    AppendOutcome? Refusal(SqliteSession session, Append append, WriteSet writes)
    {
        if (ownership.EpochOf(append.Shard) != append.Epoch)
            return new(AppendStatus.Fenced, $"shard {append.Shard} is at epoch {ownership.EpochOf(append.Shard)}");
        foreach (var claim in writes.Claims)
            if (session.Rows.Holder.Text(claim.Kind, claim.Key) is { } holder && holder != claim.Tenant && holder != claim.From)
                return new(AppendStatus.Taken, $"{claim.Kind}/{claim.Key}");
        return append.Events.Count > 0 && !Advance(session, append) ? new(AppendStatus.SequenceConflict) : null;
    }

    static bool Advance(SqliteSession session, Append append)
    {
        var (first, last) = (append.Events[0].SequenceNr, append.Events[^1].SequenceNr);
        return first == 1
            ? session.Stream.Begin.Execute(append.PersistenceId, append.Shard, last, PendingWrite.DayOf(append)?.DayNumber) == 1
            : session.Stream.Grow.Execute(append.PersistenceId, last, first - 1) == 1;
    }

    static int DropSome(SqliteSession session, DateOnly calls, DateOnly sms)
    {
        var streams = session.Stream.Overdue.Read(row => row.TextAt(0), calls.DayNumber, sms.DayNumber, StreamsPerDrop);
        foreach (var stream in streams)
        {
            session.Stream.DropEvents.Execute(stream);
            session.Stream.DropSnapshot.Execute(stream);
            session.Stream.DropStream.Execute(stream);
        }

        return streams.Count;
    }

    static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException fault) when (SqliteFault.Of(fault) is { } store)
        {
            throw store;
        }
    }
}
