using TeleCube.Storage.Tests.Fixtures;
using TeleCube.Storage.Tests.Specs;

namespace TeleCube.Storage.Tests;

public sealed class SqliteJournalTests(SqliteFixture store) : JournalSpec(store), IClassFixture<SqliteFixture>;

public sealed class SqliteDirectoryTests(SqliteFixture store) : DirectorySpec(store), IClassFixture<SqliteFixture>;

public sealed class SqliteReadModelTests(SqliteFixture store) : ReadModelSpec(store), IClassFixture<SqliteFixture>;

public sealed class SqliteRegistrationTests(SqliteFixture store) : RegistrationSpec(store), IClassFixture<SqliteFixture>;
