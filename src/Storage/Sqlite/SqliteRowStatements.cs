using TeleCube.Kernel.Persistence;

namespace TeleCube.Storage.Sqlite;

/// <summary>The statements of what stands beside the journal: directory, remembered entities, bindings, the probe.</summary>
sealed class SqliteRowStatements(SqliteSession session)
{
    readonly SqliteStatement _bind = session.Prepare(
        $"INSERT OR REPLACE INTO registration ({SqliteBinding.Columns}) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14)", 15);

    public SqliteStatement Holder { get; } = session.Prepare("SELECT tenant FROM directory WHERE kind = @p0 AND key = @p1", 2);

    public SqliteStatement Claim { get; } = session.Prepare("INSERT OR REPLACE INTO directory (kind, key, tenant) VALUES (@p0, @p1, @p2)", 3);

    public SqliteStatement Release { get; } = session.Prepare("DELETE FROM directory WHERE kind = @p0 AND key = @p1 AND tenant = @p2", 3);

    public SqliteStatement Remember { get; } = session.Prepare(
        "INSERT OR IGNORE INTO remembered (shard, kind, tenant, id) VALUES (@p0, @p1, @p2, @p3)", 4);

    public SqliteStatement Forget { get; } = session.Prepare(
        "DELETE FROM remembered WHERE shard = @p0 AND kind = @p1 AND tenant = @p2 AND id = @p3", 4);

    public SqliteStatement Unbind { get; } = session.Prepare(
        "DELETE FROM registration WHERE tenant = @p0 AND extension = @p1 AND contact = @p2", 3);

    public SqliteStatement Expire { get; } = session.Prepare(
        $"DELETE FROM registration WHERE expires_at <= @p0 RETURNING {SqliteBinding.Columns}", 1);

    // As large as a busy group, so that a disk with room for crumbs only doesn't pass for one that has room.
    public SqliteStatement Probe { get; } = session.Prepare("INSERT OR REPLACE INTO probe (id, filler) VALUES (1, zeroblob(65536))", 0);

    public SqliteStatement EndProbe { get; } = session.Prepare("DELETE FROM probe", 0);

    public void Bind(RegistrationRow row) => _bind.Execute(
        row.Tenant.Value, row.Extension, row.Contact, row.Path, row.Flow, row.Received, row.Local, row.CallId, row.CSeq, row.QThousandths,
        row.UserAgent, row.InstanceId, row.RegId, row.RegisteredAt, row.ExpiresAt);
}
