using TeleCube.Kernel.Persistence;

namespace TeleCube.Storage.Sqlite;

/// <summary>The statements of what stands beside the journal: directory, remembered entities, bindings, the probe.</summary>
sealed class SqliteRowStatements(SqliteSession session)
{
    readonly SqliteStatement _bind = session.Prepare(
        $"INSERT OR REPLACE INTO registration ({SqliteBinding.Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)");

    readonly SqliteStatement _binding = session.Prepare(
        $"SELECT {SqliteBinding.Columns} FROM registration WHERE tenant = ?1 AND extension = ?2 AND contact = ?3");

    public SqliteStatement Holder { get; } = session.Prepare("SELECT tenant FROM directory WHERE kind = ?1 AND key = ?2");

    public SqliteStatement Claim { get; } = session.Prepare("INSERT OR REPLACE INTO directory (kind, key, tenant) VALUES (?1, ?2, ?3)");

    public SqliteStatement Release { get; } = session.Prepare("DELETE FROM directory WHERE kind = ?1 AND key = ?2 AND tenant = ?3");

    public SqliteStatement Remember { get; } = session.Prepare(
        "INSERT OR IGNORE INTO remembered (shard, kind, tenant, id) VALUES (?1, ?2, ?3, ?4)");

    public SqliteStatement Forget { get; } = session.Prepare(
        "DELETE FROM remembered WHERE shard = ?1 AND kind = ?2 AND tenant = ?3 AND id = ?4");

    public SqliteStatement Unbind { get; } = session.Prepare(
        "DELETE FROM registration WHERE tenant = ?1 AND extension = ?2 AND contact = ?3");

    public SqliteStatement Expire { get; } = session.Prepare(
        $"DELETE FROM registration WHERE expires_at <= ?1 RETURNING {SqliteBinding.Columns}");

    public SqliteStatement NextNumber { get; } = session.Prepare(
        "INSERT INTO feed_head (tenant, last) VALUES (?1, 1) ON CONFLICT (tenant) DO UPDATE SET last = last + 1 RETURNING last");

    public SqliteStatement Publish { get; } = session.Prepare("INSERT INTO feed (tenant, nr, type, at, json) VALUES (?1, ?2, ?3, ?4, ?5)");

    public SqliteStatement FeedTenants { get; } = session.Prepare("SELECT tenant FROM feed_head");

    public SqliteStatement DropFeed { get; } = session.Prepare(
        """
        DELETE FROM feed WHERE tenant = ?1 AND nr <= (
            SELECT max(nr) FROM (SELECT nr, at FROM feed WHERE tenant = ?1 ORDER BY nr LIMIT ?3) WHERE at < ?2)
        """);

    // As large as a busy group, so that a disk with room for crumbs only doesn't pass for one that has room.
    public SqliteStatement Probe { get; } = session.Prepare("INSERT OR REPLACE INTO probe (id, filler) VALUES (1, zeroblob(65536))");

    public SqliteStatement EndProbe { get; } = session.Prepare("DELETE FROM probe");

    public RegistrationRow? Binding(RegistrationKey key) =>
        _binding.Read(SqliteBinding.Read, key.Tenant.Value, key.Extension, key.Contact) is [var row] ? row : null;

    public void Bind(RegistrationRow row) => _bind.Execute(
        row.Tenant.Value, row.Extension, row.Contact, row.Path, row.Flow, row.Received, row.Local, row.CallId, row.CSeq, row.QThousandths,
        row.UserAgent, row.InstanceId, row.RegId, row.RegisteredAt, row.ExpiresAt);
}
