using Npgsql;
using TeleCube.Kernel.Persistence;
using TeleCube.Storage.Groups;
using TeleCube.Storage.Keys;
using TeleCube.Storage.Leases;
using TeleCube.Storage.Postgres.Sections;
using TeleCube.Storage.ReadModels;

namespace TeleCube.Storage.Postgres;

/// <summary>Commits a group as one autocommitted statement on the writing session.</summary>
sealed class PostgresCommitter(
    NpgsqlDataSource database, StoreOptions options, ReadModelCatalog catalog, NodeLease lease, DirectoryCache cache) : IGroupCommitter
{
    readonly GroupStatement _statement = new(options.NodeId, catalog);
    readonly List<WriteTarget> _targets = [];
    PostgresSession? _session;

    /// <summary>One statement must not touch a row twice: a write that touches what an earlier one touches waits for the next
    /// statement.</summary>
    public IReadOnlyList<IReadOnlyList<PendingWrite>> Divide(IReadOnlyList<PendingWrite> group)
    {
        var divided = new List<IReadOnlyList<PendingWrite>>(1);
        while (group.Count > 0)
        {
            List<PendingWrite> together = [], later = [];
            var touched = new HashSet<WriteTarget>();
            foreach (var write in group) (TouchesAny(write, touched) ? later : together).Add(write);
            divided.Add(together);
            group = later;
        }

        return divided;
    }

    public Task Commit(IReadOnlyList<PendingWrite> group) => Guarded(async () =>
    {
        var session = _session is { IsOpen: true } open
            ? open
            : throw new StoreFaultException("the connection to the database was lost", ambiguous: false, new InvalidOperationException())
            {
                Passing = true,
            };
        try
        {
            await Execute(session, group);
        }
        catch (PostgresException noPartition) when (IsMissingPartition(noPartition))
        {
            await PostgresPartitions.Ensure(database, group.Select(Day).OfType<DateOnly>(), CancellationToken.None);
            await Execute(session, group);
        }

        return true;
    });

    public Task Reconnect(CancellationToken stop) => Guarded(async () =>
    {
        if (_session is { } old) await old.DisposeAsync();
        _session = null;
        _session = await PostgresSession.Open(database, options, lease.Incarnation, stop);
        return true;
    });

    /// <summary>Also before the first commit: a node that is started and left alone is asked too.</summary>
    public Task Probe(CancellationToken stop) => Guarded(async () =>
    {
        _session ??= await PostgresSession.Open(database, options, lease.Incarnation, stop);
        await _session.Probe(stop);
        return true;
    });

    public Task<bool> WasCommitted(PendingWrite write) => Guarded(async () =>
        write.Append is not null ? await Holds(_session!, write) : write.ChangesBindings && await HoldsBindings(_session!, write));

    static async Task<bool> Holds(PostgresSession session, PendingWrite write) =>
        write.Append is { Events: [var first, ..] } append
        && await session.Connection.Scalar<Guid>(
            "SELECT event_id FROM journal WHERE persistence_id = $1 AND sequence_nr = $2", CancellationToken.None,
            append.PersistenceId, first.SequenceNr) == first.EventId;

    static async Task<bool> HoldsBindings(PostgresSession session, PendingWrite write)
    {
        foreach (var row in write.Bindings)
            if (await Binding(session, row.Key) != PendingWrite.AsStored(row)) return false;
        foreach (var key in write.Unbindings)
            if (await Binding(session, key) is not null) return false;
        return true;
    }

    static async Task<RegistrationRow?> Binding(PostgresSession session, RegistrationKey key)
    {
        await using var command = session.Connection.Command(
            $"SELECT {BindingSection.Columns} FROM registration WHERE tenant = $1 AND extension = $2 AND contact = $3",
            key.Tenant.Value, key.Extension, key.Contact);
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync() ? PostgresBinding.Read(rows) : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is { } session) await session.DisposeAsync();
        await database.DisposeAsync();
    }

    async Task Execute(PostgresSession session, IReadOnlyList<PendingWrite> group)
    {
        foreach (var write in group) write.Outcome = AppendOutcome.Committed;
        _statement.Fill(session.Group, group);
        await using (var refusals = await session.Group.ExecuteReaderAsync())
            while (await refusals.ReadAsync())
                group[refusals.GetInt32(0)].Outcome = GroupStatement.Refusal(refusals.GetInt32(1), refusals.IsDBNull(2) ? null : refusals.GetString(2));
        foreach (var write in group) // a repeat, since its caller did not hear that it was written
            if (write.Outcome.Status == AppendStatus.SequenceConflict && await Holds(session, write)) write.Outcome = AppendOutcome.Committed;
        foreach (var write in group) if (write.Outcome.Status == AppendStatus.Committed) cache.Forget(write.Writes);
    }

    static async Task<T> Guarded<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception fault) when (PostgresFault.Of(fault) is { } store)
        {
            throw store;
        }
    }

    bool TouchesAny(PendingWrite write, HashSet<WriteTarget> touched)
    {
        write.AddTargets(_targets);
        var any = false;
        // Every target is added, also of a write that waits: what comes behind it must wait too.
        foreach (var target in _targets) any |= !touched.Add(target);
        return any;
    }

    static bool IsMissingPartition(PostgresException fault) =>
        fault is { SqlState: PostgresErrorCodes.CheckViolation, ConstraintName: null or "", TableName: "journal" };

    static DateOnly? Day(PendingWrite write) => write.Append is { Events.Count: > 0 } append ? PendingWrite.DayOf(append) : null;
}
