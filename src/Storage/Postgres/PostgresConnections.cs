using System.Globalization;
using Npgsql;

namespace TeleCube.Storage.Postgres;

/// <summary>Makes data sources whose sessions end by themselves when their client stops: nobody may hold a lock that a take-over waits
/// for.</summary>
static class PostgresConnections
{
    // The writer's joins go by key into tables that grow without bound; a plan made while they were small must not scan them later.
    const string WriterSettings = " -c enable_seqscan=off -c plan_cache_mode=force_generic_plan -c jit=off";

    public static NpgsqlDataSource ForReading(StoreOptions options)
    {
        var settings = Settings(options, "");
        settings.MaxPoolSize = options.ReadConnections;
        return new NpgsqlDataSourceBuilder(settings.ToString()).Build();
    }

    public static NpgsqlDataSource ForWriting(StoreOptions options)
    {
        var settings = Settings(options, WriterSettings);
        settings.Pooling = false;
        return new NpgsqlDataSourceBuilder(settings.ToString()).Build();
    }

    static NpgsqlConnectionStringBuilder Settings(StoreOptions options, string more)
    {
        var given = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        var statement = (int)options.StatementTimeout.TotalMilliseconds;
        var seconds = (int)Math.Ceiling(options.StatementTimeout.TotalSeconds);
        var server = string.Create(CultureInfo.InvariantCulture,
            $"-c statement_timeout={statement} -c idle_in_transaction_session_timeout={statement} " +
            $"-c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3 -c tcp_user_timeout=5000{more}");
        given.Options = given.Options is { Length: > 0 } own ? $"{server} {own}" : server;
        given.ApplicationName ??= $"telecube {options.NodeId}";
        if (!given.ShouldSerialize("Timeout")) given.Timeout = seconds + 1;
        if (!given.ShouldSerialize("Command Timeout")) given.CommandTimeout = seconds + 1;
        given.CancellationTimeout = -1;
        given.TcpKeepAlive = true;
        given.TcpKeepAliveTime = 2;
        given.TcpKeepAliveInterval = 1;
        given.MaxAutoPrepare = 200;
        given.AutoPrepareMinUsages = 2;
        return given;
    }
}
