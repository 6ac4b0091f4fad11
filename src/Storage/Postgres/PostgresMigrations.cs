using TeleCube.Storage.Schema;

namespace TeleCube.Storage.Postgres;

/// <summary>The schema on PostgreSQL, step by step. Names sort by bytes (collation C), as they do in the embedded file.</summary>
static class PostgresMigrations
{
    public static readonly IReadOnlyList<Migration> All =
    [
        new(1, "the schema of the first release", First),
        new(2, "what is told to tenants", Feeds),
    ];

    // journal_kept holds what is not a call's, day 1970-01-01; a call's stream lies in the partition of the day it began.
    const string First =
        """
        CREATE TABLE node (
            id text PRIMARY KEY, incarnation bigint NOT NULL, level int NOT NULL, draining boolean NOT NULL DEFAULT false, expires_at timestamptz NOT NULL
        ) WITH (fillfactor = 50);
        CREATE TABLE endpoint (
            node text NOT NULL, purpose text NOT NULL, transport text NOT NULL, bind text NOT NULL, advertise text NOT NULL, network text NOT NULL,
            PRIMARY KEY (node, purpose, transport, bind)
        );
        CREATE TABLE shard (number int PRIMARY KEY, owner text, epoch bigint NOT NULL DEFAULT 0);
        INSERT INTO shard (number) SELECT generate_series(0, 127);
        CREATE TABLE directory (kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, tenant text COLLATE "C" NOT NULL, PRIMARY KEY (kind, key));
        CREATE TABLE registration (
            tenant text COLLATE "C" NOT NULL, extension text COLLATE "C" NOT NULL, contact text COLLATE "C" NOT NULL, path text, flow bigint,
            received text, local text, call_id text NOT NULL, cseq bigint NOT NULL, q int NOT NULL, user_agent text, instance_id text, reg_id int,
            registered_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
            PRIMARY KEY (tenant, extension, contact)
        );
        CREATE INDEX registration_expires ON registration (expires_at);
        CREATE TABLE stream (
            persistence_id text COLLATE "C" PRIMARY KEY, shard int NOT NULL, last_nr bigint NOT NULL, day date NOT NULL
        ) WITH (fillfactor = 70);
        CREATE INDEX stream_day ON stream (day) WHERE day > '1970-01-01';
        CREATE TABLE journal (
            persistence_id text COLLATE "C" NOT NULL, sequence_nr bigint NOT NULL, event_id uuid NOT NULL, shard int NOT NULL, epoch bigint NOT NULL,
            type text NOT NULL, version int NOT NULL, payload json NOT NULL, at timestamptz NOT NULL, day date NOT NULL,
            PRIMARY KEY (persistence_id, sequence_nr, day)
        ) PARTITION BY RANGE (day);
        CREATE TABLE journal_kept PARTITION OF journal FOR VALUES FROM (MINVALUE) TO ('1970-01-02');
        CREATE TABLE snapshot (
            persistence_id text COLLATE "C" PRIMARY KEY, sequence_nr bigint NOT NULL, type text NOT NULL, version int NOT NULL, payload json NOT NULL
        );
        CREATE TABLE remembered (
            shard int NOT NULL, kind text COLLATE "C" NOT NULL, tenant text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL,
            PRIMARY KEY (shard, kind, tenant, id)
        );
        CREATE TABLE probe (node text PRIMARY KEY, filler bytea NOT NULL);
        ALTER TABLE probe ALTER filler SET STORAGE EXTERNAL;
        """;

    const string Feeds =
        """
        CREATE TABLE feed_head (tenant text COLLATE "C" PRIMARY KEY, last bigint NOT NULL) WITH (fillfactor = 50);
        CREATE TABLE feed (
            tenant text COLLATE "C" NOT NULL, nr bigint NOT NULL, type text NOT NULL, at timestamptz NOT NULL, json text NOT NULL, PRIMARY KEY (tenant, nr)
        );
        """;
}
