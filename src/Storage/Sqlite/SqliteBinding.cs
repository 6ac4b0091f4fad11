using Microsoft.Data.Sqlite;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Storage.Sqlite;

/// <summary>A binding's row.</summary>
static class SqliteBinding
{
    public const string Columns =
        "tenant, extension, contact, path, flow, received, local, call_id, cseq, q, user_agent, instance_id, reg_id, registered_at, expires_at";

    public static RegistrationRow Read(SqliteDataReader row) => new()
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
        RegisteredAt = Microseconds.ToTime(row.GetInt64(13)),
        ExpiresAt = Microseconds.ToTime(row.GetInt64(14)),
    };

    static string? Text(SqliteDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetString(ordinal);
}
