using TeleCube.Tests.Support;

namespace TeleCube.Storage.Tests.Fixtures;

public sealed class SqliteFixture : OpenedFixture, IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override Task<StoreOptions> Options() => Task.FromResult(new StoreOptions { Path = _folder["store/telecube.db"] });
}
