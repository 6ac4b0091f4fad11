using TeleCube.Storage.CrashWriter;
using TeleCube.Storage.Tests.Fixtures;
using TeleCube.Tests.Support;

namespace TeleCube.Storage.Tests.Crash;

public sealed class SqliteCrashTests : CrashSpec, IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override Task<(string[] Arguments, StoreOptions Options)> NewStore() =>
        Task.FromResult((new[] { "sqlite", _folder["telecube.db"] }, new StoreOptions { Path = _folder["telecube.db"] }));
}

public sealed class PostgresCrashTests : CrashSpec
{
    protected override async Task<(string[] Arguments, StoreOptions Options)> NewStore()
    {
        var options = await PostgresServer.NewDatabase();
        return (["postgresql", options.ConnectionString], options);
    }

    [Fact]
    public async Task A_killed_server_loses_nothing_and_its_writer_goes_on_when_it_is_back()
    {
        await using var server = await ThrowawayPostgres.Start();
        var options = new StoreOptions { Provider = StoreProvider.PostgreSql, ConnectionString = await server.CreateDatabase() };
        var acknowledged = new Acknowledged();
        using (var writer = WriterProcess.Start("postgresql", options.ConnectionString, "run"))
        {
            for (var kill = 0; kill < 3; kill++)
            {
                await writer.Read(acknowledged, 1500);
                await server.KillHard();
                await server.Restart();
            }

            await writer.Read(acknowledged, 1500);
            await writer.KillHard(acknowledged);
        }

        await using var store = await OpenedFixture.Open(options with { NodeId = "verifier" }, Load.Model);
        await Verify(store, acknowledged);
    }
}
