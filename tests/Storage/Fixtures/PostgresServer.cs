using TeleCube.Tests.Support;

namespace TeleCube.Storage.Tests.Fixtures;

/// <summary>One server for the whole test run, started by the first who needs it.</summary>
public static class PostgresServer
{
    static readonly Lazy<Task<ThrowawayPostgres>> _server = new(Start);

    public static Task<ThrowawayPostgres> Shared => _server.Value;

    public static async Task<StoreOptions> NewDatabase() => new()
    {
        Provider = StoreProvider.PostgreSql,
        ConnectionString = await (await Shared).CreateDatabase(),
        // Short, so that what waits for a lease to run out doesn't wait for long.
        LeaseTtl = TimeSpan.FromSeconds(1),
        LeaseRenewal = TimeSpan.FromMilliseconds(200),
        OriginateMargin = TimeSpan.FromMilliseconds(100),
    };

    static async Task<ThrowawayPostgres> Start()
    {
        var server = await ThrowawayPostgres.Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(5));
        return server;
    }
}
