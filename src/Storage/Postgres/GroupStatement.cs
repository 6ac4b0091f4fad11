using System.Text;
using Npgsql;
using TeleCube.Kernel.Persistence;
using TeleCube.Storage.Groups;
using TeleCube.Storage.Postgres.Sections;
using TeleCube.Storage.ReadModels;

namespace TeleCube.Storage.Postgres;

/// <summary>
/// A whole group as one statement: what may happen (fence, taken keys, sequence numbers), then everything that does, each row joined with
/// the writes that may. Its text depends only on which sections have rows, so the server soon has each variant prepared.
/// </summary>
sealed class GroupStatement
{
    const string NothingTaken = "taken AS MATERIALIZED (SELECT NULL::int AS no, NULL::text AS key WHERE false),\n";

    // Only what didn't happen comes back: nothing at all, most of the time.
    const string Refusals =
        """

        SELECT a.no, CASE
            WHEN NOT EXISTS (SELECT FROM owned o WHERE o.number = a.shard AND o.epoch = a.epoch) THEN 0 WHEN t.no IS NULL THEN 1 ELSE 2 END, t.key
        FROM a LEFT JOIN done d USING (no) LEFT JOIN taken t USING (no) WHERE d.no IS NULL
        """;

    readonly ClaimSection _claims = new();
    readonly AppendSection _appends;
    readonly Section[] _others;
    readonly Dictionary<UInt128, string> _texts = [];

    public GroupStatement(string nodeId, ReadModelCatalog catalog)
    {
        _appends = new AppendSection(nodeId);
        _others =
        [
            new EventSection(), new ReleaseSection(), new RememberSection(forget: false), new RememberSection(forget: true),
            new BindingSection(), new UnbindingSection(), new SnapshotSection(), new FeedSection(),
            .. catalog.Tables.SelectMany(table => (Section[])[new RowSection(table), new RowDeleteSection(table)]),
        ];
        if (_others.Length > 127) throw new ArgumentException("too many read models for one statement");
    }

    public void Fill(NpgsqlCommand command, IReadOnlyList<PendingWrite> group)
    {
        Clear();
        for (var no = 0; no < group.Count; no++)
        {
            _claims.Collect(no, group[no]);
            _appends.Collect(no, group[no]);
            foreach (var section in _others) section.Collect(no, group[no]);
        }

        command.CommandText = Text();
        command.Parameters.Clear();
        if (!_claims.IsEmpty) _claims.Bind(command.Parameters);
        _appends.Bind(command.Parameters);
        foreach (var section in _others) if (!section.IsEmpty) section.Bind(command.Parameters);
    }

    /// <summary>The outcome that a row of the statement's result tells.</summary>
    public static AppendOutcome Refusal(int code, string? key) => code switch
    {
        0 => new(AppendStatus.Fenced),
        1 => new(AppendStatus.SequenceConflict),
        _ => new(AppendStatus.Taken, key),
    };

    string Text()
    {
        var variant = _claims.IsEmpty ? UInt128.Zero : UInt128.One;
        for (var i = 0; i < _others.Length; i++) if (!_others[i].IsEmpty) variant |= UInt128.One << (i + 1);
        if (!_texts.TryGetValue(variant, out var text)) _texts[variant] = text = Compose();
        return text;
    }

    string Compose()
    {
        var sql = new StringBuilder("WITH ");
        var parameter = 0;
        if (_claims.IsEmpty) sql.Append(NothingTaken); else _claims.Write(sql, ref parameter);
        _appends.Write(sql, ref parameter);
        if (!_claims.IsEmpty) sql.Append(ClaimSection.Apply);
        foreach (var section in _others) if (!section.IsEmpty) section.Write(sql, ref parameter);
        return sql.Append(Refusals).ToString();
    }

    void Clear()
    {
        _claims.Clear();
        _appends.Clear();
        foreach (var section in _others) section.Clear();
    }
}
