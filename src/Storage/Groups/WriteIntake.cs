using TeleCube.Kernel.Persistence;
using TeleCube.Storage.ReadModels;

namespace TeleCube.Storage.Groups;

/// <summary>Takes the writes of callers, checks what no database needs to check, and queues them. A malformed append is faulty, as one that
/// the database refuses; any other malformed write throws.</summary>
sealed class WriteIntake(GroupCommitWriter writer, ReadModelCatalog catalog)
{
    public Task<AppendOutcome> Append(Append append)
    {
        try
        {
            Check(append);
            return writer.Enqueue(new PendingWrite { Append = append, Writes = WriteSet.Of(append.Writes, catalog) });
        }
        catch (ArgumentException defect)
        {
            return Task.FromResult(new AppendOutcome(AppendStatus.Faulty, defect.Message));
        }
    }

    public async Task Write(IReadOnlyList<StoreWrite> writes, CancellationToken stop)
    {
        if (writes.Any(write => write is not (StoreWrite.Upsert or StoreWrite.Delete or StoreWrite.Publish)))
            throw new ArgumentException("keys and remembered entities change only in an append of their owner");
        await Durable(new PendingWrite { Writes = WriteSet.Of(writes, catalog) }, stop);
    }

    public async Task Change(
        IReadOnlyList<RegistrationRow> upserts, IReadOnlyList<RegistrationKey> removals, IReadOnlyList<StoreWrite.Publish> told, CancellationToken stop)
    {
        if (upserts.Count + removals.Count == 0) return;
        var removed = removals.ToHashSet();
        var kept = upserts.Where(row => !removed.Contains(row.Key)).GroupBy(row => row.Key).Select(rows => rows.Last().Storable());
        await Durable(new PendingWrite { Bindings = [.. kept], Unbindings = [.. removed], Writes = WriteSet.Of(told, catalog) }, stop);
    }

    public Task SaveSnapshot(string persistenceId, StoredSnapshot snapshot, CancellationToken stop) =>
        Durable(new PendingWrite { SnapshotOf = persistenceId, Snapshot = snapshot }, stop);

    async Task Durable(PendingWrite write, CancellationToken stop)
    {
        var outcome = await writer.Enqueue(write).WaitAsync(stop);
        if (outcome.Status != AppendStatus.Committed) throw new StoreUnavailableException(outcome.Detail ?? "the store is unavailable");
    }

    static void Check(Append append)
    {
        if (append.Events.Count + append.Writes.Count == 0) throw new ArgumentException("an append holds at least one event or write");
        if (append.Events.Count > 0 && append.Events[0].SequenceNr < 1) throw new ArgumentException("sequence numbers begin at 1");
        for (var i = 1; i < append.Events.Count; i++)
            if (append.Events[i].SequenceNr != append.Events[i - 1].SequenceNr + 1)
                throw new ArgumentException($"{append.PersistenceId}: the sequence numbers of an append are consecutive");
    }
}
