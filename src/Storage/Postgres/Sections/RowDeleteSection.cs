using TeleCube.Storage.Groups;
using TeleCube.Storage.ReadModels;

namespace TeleCube.Storage.Postgres.Sections;

/// <summary>The rows of one read model that are deleted.</summary>
sealed class RowDeleteSection : Section
{
    readonly ReadModelTable _table;
    readonly Column<int> _no;
    readonly Column<string?> _tenant, _id;

    public RowDeleteSection(ReadModelTable table)
    {
        _table = table;
        (_no, _tenant, _id) = (Int(), Text(), Text());
    }

    public override void Collect(int no, PendingWrite write)
    {
        foreach (var row in write.Writes.Deletes)
        {
            if (row.Table != _table) continue;
            _no.Add(no);
            _tenant.Add(row.Tenant);
            _id.Add(row.Id);
        }
    }

    protected override string Sql(string rows) =>
        $"""
        , gone{_table.Ordinal} AS (
            DELETE FROM {_table.QuotedName} t USING {rows} AS r(no, tenant, id) JOIN done USING (no) WHERE t.tenant = r.tenant AND t.id = r.id)
        """;
}
