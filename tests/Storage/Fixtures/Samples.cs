using System.Text;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Storage.Tests.Fixtures;

/// <summary>Things to store.</summary>
public static class Samples
{
    static int _names;

    public static readonly ReadModel Calls = new("calls",
    [
        new("startedAt", ColumnKind.Time, Indexed: true), new("number", ColumnKind.Text, Indexed: true), new("seconds", ColumnKind.Integer),
        new("cost", ColumnKind.Decimal), new("answered", ColumnKind.Boolean),
    ]);

    /// <summary>A time of which both stores keep every digit.</summary>
    public static readonly DateTimeOffset Noon = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero).AddMicroseconds(123456);

    public static TenantId NewTenant() => new($"tenant-{Interlocked.Increment(ref _names)}-{Guid.NewGuid():N}");

    public static EntityId NewCall() => new("call", NewTenant(), "c1");

    public static NewEvent Event(long nr, string json = """{"é":1}""") =>
        new(Guid.NewGuid(), nr, "call.answered", 2, Encoding.UTF8.GetBytes(json), Noon.AddSeconds(nr));

    public static Append Append(this StoreFixture on, EntityId entity, long first, int count = 1, params StoreWrite[] writes) =>
        new(entity.PersistenceId, entity.Shard, on.EpochOf(entity.Shard), [.. Enumerable.Range(0, count).Select(i => Event(first + i))], writes);

    public static async Task<AppendStatus> Commit(this StoreFixture on, EntityId entity, long first, params StoreWrite[] writes) =>
        (await on.Journal.Append(on.Append(entity, first, 1, writes))).Status;

    public static async Task<List<StoredEvent>> Events(this IJournal journal, EntityId entity, long from = 1) =>
        await journal.Read(entity.PersistenceId, from).ToListAsync();
}
