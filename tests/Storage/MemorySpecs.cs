using TeleCube.Storage.Tests.Fixtures;
using TeleCube.Storage.Tests.Specs;

namespace TeleCube.Storage.Tests;

public sealed class MemoryJournalTests(MemoryFixture store) : JournalSpec(store), IClassFixture<MemoryFixture>;

public sealed class MemoryDirectoryTests(MemoryFixture store) : DirectorySpec(store), IClassFixture<MemoryFixture>;

public sealed class MemoryReadModelTests(MemoryFixture store) : ReadModelSpec(store), IClassFixture<MemoryFixture>;

public sealed class MemoryFeedTests(MemoryFixture store) : FeedSpec(store), IClassFixture<MemoryFixture>;

public sealed class MemoryRegistrationTests(MemoryFixture store) : RegistrationSpec(store), IClassFixture<MemoryFixture>;
