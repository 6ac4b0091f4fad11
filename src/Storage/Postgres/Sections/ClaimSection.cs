using TeleCube.Storage.Groups;

namespace TeleCube.Storage.Postgres.Sections;

/// <summary>The directory keys that appends claim. It comes before the appends: who claims what another tenant holds is left out.</summary>
sealed class ClaimSection : Section
{
    readonly Column<int> _no;
    readonly Column<string?> _kind, _key, _tenant, _giver;

    public ClaimSection() => (_no, _kind, _key, _tenant, _giver) = (Int(), Text(), Text(), Text(), Text());

    public override void Collect(int no, PendingWrite write)
    {
        foreach (var claim in write.Writes.Claims)
        {
            _no.Add(no);
            _kind.Add(claim.Kind);
            _key.Add(claim.Key);
            _tenant.Add(claim.Tenant);
            _giver.Add(claim.From);
        }
    }

    protected override string Sql(string rows) =>
        $"""
        claim AS MATERIALIZED (SELECT * FROM {rows} AS c(no, kind, key, tenant, giver)),
        taken AS MATERIALIZED (
            SELECT c.no, min(c.kind || '/' || c.key) AS key FROM claim c JOIN directory d ON d.kind = c.kind AND d.key = c.key
            WHERE d.tenant <> c.tenant AND d.tenant IS DISTINCT FROM c.giver GROUP BY c.no),

        """;

    // A claim that came between this statement's look and its write makes the null below, which the column refuses: the group is then
    // tried one by one, and the late one is found taken.
    public const string Apply =
        """
        , claims AS (
            INSERT INTO directory (kind, key, tenant) SELECT c.kind, c.key, c.tenant FROM claim c JOIN done USING (no)
            ON CONFLICT (kind, key) DO UPDATE SET tenant = CASE
                WHEN directory.tenant = excluded.tenant
                    OR directory.tenant = (SELECT c.giver FROM claim c WHERE c.kind = excluded.kind AND c.key = excluded.key)
                THEN excluded.tenant END)
        """;
}
