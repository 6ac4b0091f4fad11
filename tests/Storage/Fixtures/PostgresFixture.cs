namespace TeleCube.Storage.Tests.Fixtures;

public sealed class PostgresFixture : OpenedFixture
{
    protected override Task<StoreOptions> Options() => PostgresServer.NewDatabase();
}
