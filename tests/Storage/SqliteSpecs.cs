using TeleCube.Storage.Tests.Fixtures;
using TeleCube.Storage.Tests.Specs;
using TeleCube.Tests.Support;

namespace TeleCube.Storage.Tests;

public sealed class SqliteJournalTests(SqliteFixture store) : JournalSpec(store), IClassFixture<SqliteFixture>;

public sealed class SqliteDirectoryTests(SqliteFixture store) : DirectorySpec(store), IClassFixture<SqliteFixture>;

public sealed class SqliteReadModelTests(SqliteFixture store) : ReadModelSpec(store), IClassFixture<SqliteFixture>;

public sealed class SqliteFeedTests(SqliteFixture store) : FeedSpec(store), IClassFixture<SqliteFixture>;

public sealed class SqliteRegistrationTests(SqliteFixture store) : RegistrationSpec(store), IClassFixture<SqliteFixture>;

public sealed class SqliteRetentionTests(SqliteFixture store) : RetentionSpec(store), IClassFixture<SqliteFixture>;

public sealed class SqliteRandomWalkTests(SqliteFixture store) : RandomWalkSpec(store), IClassFixture<SqliteFixture>;

public sealed class SqliteDeclarationTests : DeclarationSpec, IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override Task<StoreOptions> Options() => Task.FromResult(new StoreOptions { Path = _folder["telecube.db"] });
}
