using NpgsqlTypes;
using TeleCube.Storage.Groups;

namespace TeleCube.Storage.Postgres.Sections;

/// <summary>The group's first part: which writes may happen. Each write is one row; one without events has no stream, one without an
/// append no shard.</summary>
sealed class AppendSection : Section
{
    static readonly DateOnly Kept = new(1970, 1, 1);
    readonly string _owner;
    readonly Column<int> _no, _shard;
    readonly Column<string?> _stream;
    readonly Column<long> _epoch, _first, _last;
    readonly Column<DateOnly> _day;

    public AppendSection(string nodeId)
    {
        _owner = "'" + nodeId.Replace("'", "''", StringComparison.Ordinal) + "'";
        (_no, _stream, _shard) = (Int(), Text(), Int());
        (_epoch, _first, _last) = (Long(), Long(), Long());
        _day = Add(new Column<DateOnly>(NpgsqlDbType.Date, "date"));
    }

    public override void Collect(int no, PendingWrite write)
    {
        _no.Add(no);
        _stream.Add(write.Append?.PersistenceId ?? "");
        _shard.Add(write.Append?.Shard ?? -1);
        _epoch.Add(write.Append?.Epoch ?? 0);
        var events = write.Append?.Events ?? [];
        _first.Add(events.Count == 0 ? 0 : events[0].SequenceNr);
        _last.Add(events.Count == 0 ? 0 : events[^1].SequenceNr);
        _day.Add(events.Count == 0 ? Kept : PendingWrite.DayOf(write.Append!) ?? Kept);
    }

    // owned: the fence. FOR SHARE makes a take-over wait for this statement, or this statement see the take-over. In shard order, so that
    // no two groups wait for each other.
    // begun, grown: the check of the sequence numbers, under the lock of the stream's row.
    protected override string Sql(string rows) =>
        $"""
        a AS MATERIALIZED (SELECT * FROM {rows} AS a(no, stream, shard, epoch, first, last, day)),
        owned AS MATERIALIZED (
            SELECT number, epoch FROM shard WHERE owner = {_owner} AND number IN (SELECT shard FROM a) ORDER BY number FOR SHARE),
        fit AS MATERIALIZED (
            SELECT a.* FROM a LEFT JOIN owned o ON o.number = a.shard AND o.epoch = a.epoch
            WHERE (o.number IS NOT NULL OR a.shard < 0) AND a.no NOT IN (SELECT no FROM taken)),
        begun AS (
            INSERT INTO stream (persistence_id, shard, last_nr, day) SELECT stream, shard, last, day FROM fit WHERE first = 1
            ON CONFLICT DO NOTHING RETURNING persistence_id, day),
        grown AS (
            UPDATE stream s SET last_nr = f.last FROM fit f WHERE f.first > 1 AND s.persistence_id = f.stream AND s.last_nr = f.first - 1
            RETURNING s.persistence_id, s.day),
        done AS MATERIALIZED (
            SELECT f.no, f.stream, f.shard, f.epoch, s.day FROM fit f
            JOIN (SELECT * FROM begun UNION ALL SELECT * FROM grown) s ON s.persistence_id = f.stream WHERE f.first > 0
            UNION ALL SELECT no, stream, shard, epoch, day FROM fit WHERE first = 0)
        """;
}
