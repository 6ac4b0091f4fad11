using Npgsql;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Storage.Postgres;

/// <summary>A binding's row, in the order of <see cref="Sections.BindingSection.Columns"/>.</summary>
static class PostgresBinding
{
    public static RegistrationRow Read(NpgsqlDataReader row) => new()
    {
        Tenant = new TenantId(row.GetString(0)),
        Extension = row.GetString(1),
        Contact = row.GetString(2),
        Path = Text(row, 3),
        Flow = row.IsDBNull(4) ? null : row.GetInt64(4),
        Received = Text(row, 5),
        Local = Text(row, 6),
        CallId = row.GetString(7),
        CSeq = row.GetInt64(8),
        QThousandths = row.GetInt32(9),
        UserAgent = Text(row, 10),
        InstanceId = Text(row, 11),
        RegId = row.IsDBNull(12) ? null : row.GetInt32(12),
        RegisteredAt = row.GetFieldValue<DateTimeOffset>(13),
        ExpiresAt = row.GetFieldValue<DateTimeOffset>(14),
    };

    static string? Text(NpgsqlDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetString(ordinal);
}
