using TeleCube.Storage.Tests.Fixtures;
using TeleCube.Storage.Tests.Specs;

namespace TeleCube.Storage.Tests;

public sealed class PostgresJournalTests(PostgresFixture store) : JournalSpec(store), IClassFixture<PostgresFixture>;

public sealed class PostgresDirectoryTests(PostgresFixture store) : DirectorySpec(store), IClassFixture<PostgresFixture>;

public sealed class PostgresReadModelTests(PostgresFixture store) : ReadModelSpec(store), IClassFixture<PostgresFixture>;

public sealed class PostgresFeedTests(PostgresFixture store) : FeedSpec(store), IClassFixture<PostgresFixture>;

public sealed class PostgresRegistrationTests(PostgresFixture store) : RegistrationSpec(store), IClassFixture<PostgresFixture>;

public sealed class PostgresRetentionTests(PostgresFixture store) : RetentionSpec(store), IClassFixture<PostgresFixture>;

public sealed class PostgresRandomWalkTests(PostgresFixture store) : RandomWalkSpec(store), IClassFixture<PostgresFixture>;

public sealed class PostgresDeclarationTests : DeclarationSpec
{
    protected override Task<StoreOptions> Options() => PostgresServer.NewDatabase();
}
