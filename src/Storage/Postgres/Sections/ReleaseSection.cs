using TeleCube.Storage.Groups;

namespace TeleCube.Storage.Postgres.Sections;

/// <summary>The directory keys that appends give up.</summary>
sealed class ReleaseSection : Section
{
    readonly Column<int> _no;
    readonly Column<string?> _kind, _key, _tenant;

    public ReleaseSection() => (_no, _kind, _key, _tenant) = (Int(), Text(), Text(), Text());

    public override void Collect(int no, PendingWrite write)
    {
        foreach (var release in write.Writes.Releases)
        {
            _no.Add(no);
            _kind.Add(release.Kind);
            _key.Add(release.Key);
            _tenant.Add(release.Tenant.Value);
        }
    }

    protected override string Sql(string rows) =>
        $"""
        , releases AS (
            DELETE FROM directory d USING {rows} AS r(no, kind, key, tenant) JOIN done USING (no)
            WHERE d.kind = r.kind AND d.key = r.key AND d.tenant = r.tenant)
        """;
}
