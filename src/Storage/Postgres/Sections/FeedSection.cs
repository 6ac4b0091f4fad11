using TeleCube.Storage.Groups;

namespace TeleCube.Storage.Postgres.Sections;

/// <summary>
/// What is told to tenants. The row of a tenant's last number is locked until the commit, so that numbers become visible in their order.
/// </summary>
sealed class FeedSection : Section
{
    readonly Column<int> _no, _place;
    readonly Column<string?> _tenant, _type, _json;
    readonly Column<DateTime> _at;

    public FeedSection()
    {
        (_no, _place) = (Int(), Int());
        (_tenant, _type, _at, _json) = (Text(), Text(), Time(), Text());
    }

    public override void Collect(int no, PendingWrite write)
    {
        foreach (var said in write.Writes.Published)
        {
            _place.Add(_no.Count);
            _no.Add(no);
            _tenant.Add(said.Tenant.Value);
            _type.Add(said.Type);
            _at.Add(Microseconds.Truncate(said.At).UtcDateTime);
            _json.Add(said.Json);
        }
    }

    protected override string Sql(string rows) =>
        $"""
        , said AS MATERIALIZED (
            SELECT s.*, row_number() OVER (PARTITION BY s.tenant ORDER BY s.place) AS nth, count(*) OVER (PARTITION BY s.tenant) AS many
            FROM {rows} AS s(no, place, tenant, type, at, json) JOIN done USING (no)),
        heads AS (
            INSERT INTO feed_head AS head (tenant, last) SELECT tenant, max(many) FROM said GROUP BY tenant ORDER BY tenant
            ON CONFLICT (tenant) DO UPDATE SET last = head.last + excluded.last RETURNING tenant, last),
        fed AS (
            INSERT INTO feed (tenant, nr, type, at, json)
            SELECT s.tenant, h.last - s.many + s.nth, s.type, s.at, s.json FROM said s JOIN heads h ON h.tenant = s.tenant)
        """;
}
