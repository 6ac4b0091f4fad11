using TeleCube.Storage.Schema;

namespace TeleCube.Storage.Sqlite;

/// <summary>The schema of the embedded file, step by step. Times are Unix microseconds, ids of events 16 bytes, days days since
/// 0001-01-01.</summary>
static class SqliteMigrations
{
    public static readonly IReadOnlyList<Migration> All =
    [
        new(1, "the schema of the first release", First),
        new(2, "what is told to tenants", Feeds),
    ];

    // The journal keeps its rows in the order of writing: the events of a group fill a few pages, where a table ordered by stream would
    // touch a page for each (12 k events/s instead of 20 k).
    const string First =
        """
        CREATE TABLE node (
            id TEXT PRIMARY KEY, incarnation INTEGER NOT NULL, level INTEGER NOT NULL, draining INTEGER NOT NULL DEFAULT 0, expires_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE endpoint (
            node TEXT NOT NULL, purpose TEXT NOT NULL, transport TEXT NOT NULL, bind TEXT NOT NULL, advertise TEXT NOT NULL, network TEXT NOT NULL,
            PRIMARY KEY (node, purpose, transport, bind)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE shard (number INTEGER PRIMARY KEY, owner TEXT, epoch INTEGER NOT NULL DEFAULT 0) STRICT;
        WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 127) INSERT INTO shard (number) SELECT n FROM numbers;
        CREATE TABLE directory (kind TEXT NOT NULL, key TEXT NOT NULL, tenant TEXT NOT NULL, PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID;
        CREATE TABLE registration (
            tenant TEXT NOT NULL, extension TEXT NOT NULL, contact TEXT NOT NULL, path TEXT, flow INTEGER, received TEXT, local TEXT,
            call_id TEXT NOT NULL, cseq INTEGER NOT NULL, q INTEGER NOT NULL, user_agent TEXT, instance_id TEXT, reg_id INTEGER,
            registered_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
            PRIMARY KEY (tenant, extension, contact)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX registration_expires ON registration (expires_at);
        CREATE TABLE stream (persistence_id TEXT PRIMARY KEY, shard INTEGER NOT NULL, last_nr INTEGER NOT NULL, day INTEGER) STRICT, WITHOUT ROWID;
        CREATE INDEX stream_day ON stream (day) WHERE day IS NOT NULL;
        CREATE TABLE journal (
            persistence_id TEXT NOT NULL, sequence_nr INTEGER NOT NULL, event_id BLOB NOT NULL, shard INTEGER NOT NULL, epoch INTEGER NOT NULL,
            type TEXT NOT NULL, version INTEGER NOT NULL, payload BLOB NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY (persistence_id, sequence_nr)
        ) STRICT;
        CREATE TABLE snapshot (
            persistence_id TEXT PRIMARY KEY, sequence_nr INTEGER NOT NULL, type TEXT NOT NULL, version INTEGER NOT NULL, payload BLOB NOT NULL
        ) STRICT;
        CREATE TABLE remembered (
            shard INTEGER NOT NULL, kind TEXT NOT NULL, tenant TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (shard, kind, tenant, id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE probe (id INTEGER PRIMARY KEY, filler BLOB NOT NULL) STRICT;
        """;

    const string Feeds =
        """
        CREATE TABLE feed_head (tenant TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE feed (
            tenant TEXT NOT NULL, nr INTEGER NOT NULL, type TEXT NOT NULL, at INTEGER NOT NULL, json TEXT NOT NULL, PRIMARY KEY (tenant, nr)
        ) STRICT, WITHOUT ROWID;
        """;
}
