using TeleCube.Storage.Groups;

namespace TeleCube.Storage.Postgres.Sections;

/// <summary>The bindings that registrars remove.</summary>
sealed class UnbindingSection : Section
{
    readonly Column<string?> _tenant, _extension, _contact;

    public UnbindingSection() => (_tenant, _extension, _contact) = (Text(), Text(), Text());

    public override void Collect(int no, PendingWrite write)
    {
        foreach (var key in write.Unbindings)
        {
            _tenant.Add(key.Tenant.Value);
            _extension.Add(key.Extension);
            _contact.Add(key.Contact);
        }
    }

    protected override string Sql(string rows) =>
        $"""
        , unbindings AS (
            DELETE FROM registration b USING {rows} AS k(tenant, extension, contact)
            WHERE b.tenant = k.tenant AND b.extension = k.extension AND b.contact = k.contact)
        """;
}
