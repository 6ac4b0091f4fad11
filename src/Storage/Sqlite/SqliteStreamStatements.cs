namespace TeleCube.Storage.Sqlite;

/// <summary>The journal's statements.</summary>
sealed class SqliteStreamStatements(SqliteSession session)
{
    /// <summary>persistence id, shard, last number, day: one row changed if the stream is new.</summary>
    public SqliteStatement Begin { get; } = session.Prepare(
        "INSERT INTO stream (persistence_id, shard, last_nr, day) VALUES (@p0, @p1, @p2, @p3) ON CONFLICT DO NOTHING", 4);

    /// <summary>persistence id, new last number, expected last number: one row changed if it was that.</summary>
    public SqliteStatement Grow { get; } = session.Prepare(
        "UPDATE stream SET last_nr = @p1 WHERE persistence_id = @p0 AND last_nr = @p2", 3);

    public SqliteStatement Event { get; } = session.Prepare(
        """
        INSERT INTO journal (persistence_id, sequence_nr, event_id, shard, epoch, type, version, payload, at)
        VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8)
        """, 9);

    public SqliteStatement EventId { get; } = session.Prepare("SELECT event_id FROM journal WHERE persistence_id = @p0 AND sequence_nr = @p1", 2);

    public SqliteStatement Snapshot { get; } = session.Prepare(
        """
        INSERT INTO snapshot (persistence_id, sequence_nr, type, version, payload) VALUES (@p0, @p1, @p2, @p3, @p4)
        ON CONFLICT DO UPDATE SET sequence_nr = excluded.sequence_nr, type = excluded.type, version = excluded.version, payload = excluded.payload
        WHERE excluded.sequence_nr > snapshot.sequence_nr
        """, 5);

    public SqliteStatement Overdue { get; } = session.Prepare(
        """
        SELECT persistence_id FROM stream
        WHERE day < @p0 AND persistence_id NOT IN (SELECT kind || '/' || tenant || '/' || id FROM remembered) LIMIT @p1
        """, 2);

    public SqliteStatement DropEvents { get; } = session.Prepare("DELETE FROM journal WHERE persistence_id = @p0", 1);

    public SqliteStatement DropSnapshot { get; } = session.Prepare("DELETE FROM snapshot WHERE persistence_id = @p0", 1);

    public SqliteStatement DropStream { get; } = session.Prepare("DELETE FROM stream WHERE persistence_id = @p0", 1);
}
