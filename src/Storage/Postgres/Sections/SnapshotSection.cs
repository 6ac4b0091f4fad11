using TeleCube.Storage.Groups;

namespace TeleCube.Storage.Postgres.Sections;

/// <summary>Snapshots; an older one never replaces a newer one.</summary>
sealed class SnapshotSection : Section
{
    readonly Column<string?> _stream, _type;
    readonly Column<long> _nr;
    readonly Column<int> _version;
    readonly Column<byte[]> _payload;

    public SnapshotSection() => (_stream, _nr, _type, _version, _payload) = (Text(), Long(), Text(), Int(), Bytes());

    public override void Collect(int no, PendingWrite write)
    {
        if (write.Snapshot is not { } snapshot) return;
        _stream.Add(write.SnapshotOf);
        _nr.Add(snapshot.SequenceNr);
        _type.Add(snapshot.Type);
        _version.Add(snapshot.Version);
        _payload.Add(Payload.Array(snapshot.Payload));
    }

    protected override string Sql(string rows) =>
        $"""
        , snapshots AS (
            INSERT INTO snapshot AS s (persistence_id, sequence_nr, type, version, payload)
            SELECT n.stream, n.nr, n.type, n.version, convert_from(n.payload, 'UTF8')::json FROM {rows} AS n(stream, nr, type, version, payload)
            ON CONFLICT (persistence_id) DO UPDATE
            SET sequence_nr = excluded.sequence_nr, type = excluded.type, version = excluded.version, payload = excluded.payload
            WHERE excluded.sequence_nr > s.sequence_nr)
        """;
}
