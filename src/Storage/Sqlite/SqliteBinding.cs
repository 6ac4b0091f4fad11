using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Storage.Sqlite;

/// <summary>A binding's row.</summary>
static class SqliteBinding
{
    public const string Columns =
        "tenant, extension, contact, path, flow, received, local, call_id, cseq, q, user_agent, instance_id, reg_id, registered_at, expires_at";

    public static RegistrationRow Read(SqliteStatement row) => new()
    {
        Tenant = new TenantId(row.TextAt(0)),
        Extension = row.TextAt(1),
        Contact = row.TextAt(2),
        Path = row.TextOrNull(3),
        Flow = row.IsNull(4) ? null : row.LongAt(4),
        Received = row.TextOrNull(5),
        Local = row.TextOrNull(6),
        CallId = row.TextAt(7),
        CSeq = row.LongAt(8),
        QThousandths = row.IntAt(9),
        UserAgent = row.TextOrNull(10),
        InstanceId = row.TextOrNull(11),
        RegId = row.IsNull(12) ? null : row.IntAt(12),
        RegisteredAt = Microseconds.ToTime(row.LongAt(13)),
        ExpiresAt = Microseconds.ToTime(row.LongAt(14)),
    };
}
