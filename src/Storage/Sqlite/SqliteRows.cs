using TeleCube.Kernel.Persistence;
using TeleCube.Storage.Groups;

namespace TeleCube.Storage.Sqlite;

/// <summary>Writes what a pending write holds, once it has been found free of conflicts.</summary>
static class SqliteRows
{
    public static void Apply(SqliteSession session, PendingWrite write)
    {
        if (write.Append is { } append) Events(session, append);
        if (write.Snapshot is { } snapshot)
            session.Stream.Snapshot.Execute(write.SnapshotOf, snapshot.SequenceNr, snapshot.Type, snapshot.Version, snapshot.Payload);
        foreach (var key in write.Unbindings) session.Rows.Unbind.Execute(key.Tenant.Value, key.Extension, key.Contact);
        foreach (var row in write.Bindings) session.Rows.Bind(row);
        Keys(session, write.Writes);
        Entities(session, write.Writes);
        Models(session, write.Writes);
        Feeds(session, write.Writes);
    }

    static void Feeds(SqliteSession session, WriteSet writes)
    {
        foreach (var said in writes.Published)
        {
            var number = session.Rows.NextNumber.Read(row => row.LongAt(0), said.Tenant.Value)[0];
            session.Rows.Publish.Execute(said.Tenant.Value, number, said.Type, said.At, said.Json);
        }
    }

    static void Events(SqliteSession session, Append append)
    {
        foreach (var happened in append.Events)
            session.Stream.Event.Execute(
                append.PersistenceId, happened.SequenceNr, happened.EventId, append.Shard, append.Epoch,
                happened.Type, happened.Version, happened.Payload, happened.At);
    }

    static void Keys(SqliteSession session, WriteSet writes)
    {
        foreach (var claim in writes.Claims) session.Rows.Claim.Execute(claim.Kind, claim.Key, claim.Tenant);
        foreach (var release in writes.Releases) session.Rows.Release.Execute(release.Kind, release.Key, release.Tenant.Value);
    }

    static void Entities(SqliteSession session, WriteSet writes)
    {
        foreach (var entity in writes.Remembers) session.Rows.Remember.Execute(entity.Shard, entity.Kind, entity.Tenant.Value, entity.Id);
        foreach (var entity in writes.Forgets) session.Rows.Forget.Execute(entity.Shard, entity.Kind, entity.Tenant.Value, entity.Id);
    }

    static void Models(SqliteSession session, WriteSet writes)
    {
        foreach (var row in writes.Deletes) session.Delete(row.Table).Execute(row.Tenant, row.Id);
        foreach (var row in writes.Upserts) session.Upsert(row.Table).Execute([row.Tenant, row.Id, row.Json, .. row.Values]);
    }
}
