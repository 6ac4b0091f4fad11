using TeleCube.Storage.Groups;
using TeleCube.Storage.ReadModels;

namespace TeleCube.Storage.Postgres.Sections;

/// <summary>The rows of one read model that are inserted or replaced.</summary>
sealed class RowSection : Section
{
    readonly ReadModelTable _table;
    readonly Column<int> _no;
    readonly Column<string?> _tenant, _id, _json;
    readonly ValueColumn[] _values;

    public RowSection(ReadModelTable table)
    {
        _table = table;
        (_no, _tenant, _id, _json) = (Int(), Text(), Text(), Text());
        _values = [.. table.Columns.Select(column => Add(ValueColumn.Of(column.Kind)))];
    }

    public override void Collect(int no, PendingWrite write)
    {
        foreach (var row in write.Writes.Upserts)
        {
            if (row.Table != _table) continue;
            _no.Add(no);
            _tenant.Add(row.Tenant);
            _id.Add(row.Id);
            _json.Add(row.Json);
            for (var i = 0; i < _values.Length; i++) _values[i].Add(row.Values[i]);
        }
    }

    protected override string Sql(string rows)
    {
        string[] given = [.. Enumerable.Range(0, _values.Length).Select(i => $"v{i}")];
        string[] names = [.. _table.Columns.Select(column => ReadModelTable.Quoted(column.Name))];
        return
            $"""
            , rows{_table.Ordinal} AS (
                INSERT INTO {_table.QuotedName} ({string.Join(", ", ["tenant", "id", "json", .. names])})
                SELECT {string.Join(", ", ["r.tenant", "r.id", "r.json::json", .. given.Select(name => "r." + name)])}
                FROM {rows} AS r({string.Join(", ", ["no", "tenant", "id", "json", .. given])}) JOIN done USING (no)
                ON CONFLICT (tenant, id) DO UPDATE SET {string.Join(", ", names.Prepend("json").Select(name => $"{name} = excluded.{name}"))})
            """;
    }
}
