using NpgsqlTypes;
using TeleCube.Storage.Groups;

namespace TeleCube.Storage.Postgres.Sections;

/// <summary>The events of the appends that may happen.</summary>
sealed class EventSection : Section
{
    readonly Column<int> _no, _version;
    readonly Column<long> _nr;
    readonly Column<Guid> _id;
    readonly Column<string?> _type;
    readonly Column<byte[]> _payload;
    readonly Column<DateTime> _at;

    public EventSection()
    {
        (_no, _nr) = (Int(), Long());
        _id = Add(new Column<Guid>(NpgsqlDbType.Uuid, "uuid"));
        (_type, _version, _payload, _at) = (Text(), Int(), Bytes(), Time());
    }

    public override void Collect(int no, PendingWrite write)
    {
        foreach (var happened in write.Append?.Events ?? [])
        {
            _no.Add(no);
            _nr.Add(happened.SequenceNr);
            _id.Add(happened.EventId);
            _type.Add(happened.Type);
            _version.Add(happened.Version);
            _payload.Add(Payload.Array(happened.Payload));
            _at.Add(Microseconds.Truncate(happened.At).UtcDateTime);
        }
    }

    protected override string Sql(string rows) =>
        $"""
        , events AS (
            INSERT INTO journal (persistence_id, sequence_nr, event_id, shard, epoch, type, version, payload, at, day)
            SELECT d.stream, e.nr, e.id, d.shard, d.epoch, e.type, e.version, convert_from(e.payload, 'UTF8')::json, e.at, d.day
            FROM {rows} AS e(no, nr, id, type, version, payload, at) JOIN done d USING (no))
        """;
}
