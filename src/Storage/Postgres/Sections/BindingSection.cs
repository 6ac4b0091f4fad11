using NpgsqlTypes;
using TeleCube.Storage.Groups;

namespace TeleCube.Storage.Postgres.Sections;

/// <summary>The bindings that registrars store.</summary>
sealed class BindingSection : Section
{
    public const string Columns =
        "tenant, extension, contact, path, flow, received, local, call_id, cseq, q, user_agent, instance_id, reg_id, registered_at, expires_at";

    readonly Column<string?> _tenant, _extension, _contact, _path, _received, _local, _callId, _userAgent, _instance;
    readonly Column<long?> _flow;
    readonly Column<long> _cseq;
    readonly Column<int> _q;
    readonly Column<int?> _regId;
    readonly Column<DateTime> _registeredAt, _expiresAt;

    public BindingSection()
    {
        (_tenant, _extension, _contact, _path) = (Text(), Text(), Text(), Text());
        _flow = Add(new Column<long?>(NpgsqlDbType.Bigint, "bigint"));
        (_received, _local, _callId, _cseq, _q) = (Text(), Text(), Text(), Long(), Int());
        (_userAgent, _instance, _regId, _registeredAt, _expiresAt) = (Text(), Text(), NullableInt(), Time(), Time());
    }

    public override void Collect(int no, PendingWrite write)
    {
        foreach (var row in write.Bindings)
        {
            _tenant.Add(row.Tenant.Value);
            _extension.Add(row.Extension);
            _contact.Add(row.Contact);
            _path.Add(row.Path);
            _flow.Add(row.Flow);
            _received.Add(row.Received);
            _local.Add(row.Local);
            _callId.Add(row.CallId);
            _cseq.Add(row.CSeq);
            _q.Add(row.QThousandths);
            _userAgent.Add(row.UserAgent);
            _instance.Add(row.InstanceId);
            _regId.Add(row.RegId);
            _registeredAt.Add(Microseconds.Truncate(row.RegisteredAt).UtcDateTime);
            _expiresAt.Add(Microseconds.Truncate(row.ExpiresAt).UtcDateTime);
        }
    }

    protected override string Sql(string rows) =>
        $"""
        , bindings AS (
            INSERT INTO registration ({Columns}) SELECT * FROM {rows}
            ON CONFLICT (tenant, extension, contact) DO UPDATE SET {string.Join(", ", Columns.Split(", ")[3..].Select(name => $"{name} = excluded.{name}"))})
        """;
}
