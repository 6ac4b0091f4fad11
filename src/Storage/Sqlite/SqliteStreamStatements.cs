namespace TeleCube.Storage.Sqlite;

/// <summary>The journal's statements.</summary>
sealed class SqliteStreamStatements(SqliteSession session)
{
    /// <summary>persistence id, shard, last number, day: one row changed if the stream is new.</summary>
    public SqliteStatement Begin { get; } = session.Prepare(
        "INSERT INTO stream (persistence_id, shard, last_nr, day) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING");

    /// <summary>persistence id, new last number, expected last number: one row changed if it was that.</summary>
    public SqliteStatement Grow { get; } = session.Prepare(
        "UPDATE stream SET last_nr = ?2 WHERE persistence_id = ?1 AND last_nr = ?3");

    public SqliteStatement Event { get; } = session.Prepare(
        """
        INSERT INTO journal (persistence_id, sequence_nr, event_id, shard, epoch, type, version, payload, at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """);

    public SqliteStatement EventId { get; } = session.Prepare("SELECT event_id FROM journal WHERE persistence_id = ?1 AND sequence_nr = ?2");

    public SqliteStatement Snapshot { get; } = session.Prepare(
        """
        INSERT INTO snapshot (persistence_id, sequence_nr, type, version, payload) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT DO UPDATE SET sequence_nr = excluded.sequence_nr, type = excluded.type, version = excluded.version, payload = excluded.payload
        WHERE excluded.sequence_nr > snapshot.sequence_nr
        """);

    /// <summary>day of calls, day of SMS, how many at most. '0' follows '/'.</summary>
    public SqliteStatement Overdue { get; } = session.Prepare(
        """
        SELECT persistence_id FROM stream
        WHERE day < ?1 AND persistence_id NOT GLOB 'sms/*' AND persistence_id NOT IN (SELECT kind || '/' || tenant || '/' || id FROM remembered)
        UNION ALL
        SELECT persistence_id FROM stream
        WHERE day < ?2 AND persistence_id > 'sms/' AND persistence_id < 'sms0'
            AND persistence_id NOT IN (SELECT kind || '/' || tenant || '/' || id FROM remembered)
        LIMIT ?3
        """);

    public SqliteStatement DropEvents { get; } = session.Prepare("DELETE FROM journal WHERE persistence_id = ?1");

    public SqliteStatement DropSnapshot { get; } = session.Prepare("DELETE FROM snapshot WHERE persistence_id = ?1");

    public SqliteStatement DropStream { get; } = session.Prepare("DELETE FROM stream WHERE persistence_id = ?1");
}
