using TeleCube.Kernel.Sharding;
using TeleCube.Storage.Groups;

namespace TeleCube.Storage.Postgres.Sections;

/// <summary>The entities that appends remember, or those that they forget.</summary>
sealed class RememberSection : Section
{
    readonly bool _forget;
    readonly Column<int> _no, _shard;
    readonly Column<string?> _kind, _tenant, _id;

    public RememberSection(bool forget)
    {
        _forget = forget;
        (_no, _shard, _kind, _tenant, _id) = (Int(), Int(), Text(), Text(), Text());
    }

    public override void Collect(int no, PendingWrite write)
    {
        foreach (var entity in _forget ? write.Writes.Forgets : write.Writes.Remembers) Add(no, entity);
    }

    protected override string Sql(string rows) => _forget
        ? $"""
        , forgets AS (
            DELETE FROM remembered m USING {rows} AS r(no, shard, kind, tenant, id) JOIN done USING (no)
            WHERE m.shard = r.shard AND m.kind = r.kind AND m.tenant = r.tenant AND m.id = r.id)
        """
        : $"""
        , remembers AS (
            INSERT INTO remembered (shard, kind, tenant, id) SELECT r.shard, r.kind, r.tenant, r.id
            FROM {rows} AS r(no, shard, kind, tenant, id) JOIN done USING (no) ON CONFLICT DO NOTHING)
        """;

    void Add(int no, EntityId entity)
    {
        _no.Add(no);
        _shard.Add(entity.Shard);
        _kind.Add(entity.Kind);
        _tenant.Add(entity.Tenant.Value);
        _id.Add(entity.Id);
    }
}
