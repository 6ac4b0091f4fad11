using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Storage.Tests.Fixtures;

namespace TeleCube.Storage.Tests.Specs;

/// <summary>Whatever a few actors do, the store says and holds the same as the journal in memory, which is simple enough to be
/// believed.</summary>
public abstract class RandomWalkSpec(OpenedFixture store)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Agrees_with_the_memory_journal(int seed)
    {
        var random = new Random(seed);
        var model = new MemoryFixture();
        var run = Guid.NewGuid().ToString("N");
        EntityId[] actors = [.. Enumerable.Range(0, 6).Select(i => new EntityId("call", new TenantId($"{run}-{i % 3}"), $"c{i}"))];

        for (var step = 0; step < 150; step++)
        {
            var (actor, next) = (actors[random.Next(actors.Length)], random.Next(1, 6));
            StoreWrite[] writes = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Write(random, actors, run)).DistinctBy(Target)];
            var count = random.Next(0, 3);
            if (count + writes.Length == 0) continue;
            var expected = await model.Journal.Append(model.Append(actor, next, count, writes));
            var append = store.Append(actor, next, count, writes);
            var found = await store.Journal.Append(append);

            // Which of two reasons comes first is nobody's concern.
            Assert.True((expected.Status == AppendStatus.Committed) == (found.Status == AppendStatus.Committed), $"seed {seed}, step {step}: {expected} / {found}");
        }

        foreach (var actor in actors)
        {
            Assert.Equal((await model.Journal.Events(actor)).Select(e => e.SequenceNr), (await store.Journal.Events(actor)).Select(e => e.SequenceNr));
            Assert.Equal(await Remembered(model, actor), await Remembered(store, actor));
        }

        for (var key = 0; key < 5; key++) Assert.Equal(await model.Directory.Find("number", run + key), await store.Directory.Find("number", run + key));
        foreach (var tenant in actors.Select(actor => actor.Tenant).Distinct())
            for (var row = 0; row < 4; row++)
                Assert.Equal(await model.ReadModels.Get("calls", tenant, $"{row}"), await store.ReadModels.Get("calls", tenant, $"{row}"));
    }

    static async Task<bool> Remembered(StoreFixture store, EntityId actor) =>
        (await store.Directory.Remembered(actor.Shard).ToListAsync()).Contains(actor);

    static StoreWrite Write(Random random, EntityId[] actors, string run)
    {
        var actor = actors[random.Next(actors.Length)];
        var (key, row) = ($"{run}{random.Next(5)}", $"{random.Next(4)}");
        return random.Next(6) switch
        {
            0 => new StoreWrite.Claim("number", key, actor.Tenant),
            1 => new StoreWrite.Release("number", key, actor.Tenant),
            2 => new StoreWrite.Remember(actor),
            3 => new StoreWrite.Forget(actor),
            4 => new StoreWrite.Upsert("calls", actor.Tenant, row, new Dictionary<string, object?> { ["seconds"] = (long)random.Next() }, $$"""{"v":{{random.Next()}}}"""),
            _ => new StoreWrite.Delete("calls", actor.Tenant, row),
        };
    }

    static string Target(StoreWrite write) => write switch
    {
        StoreWrite.Claim claim => claim.Key,
        StoreWrite.Release release => release.Key,
        StoreWrite.Remember remember => remember.Entity.PersistenceId,
        StoreWrite.Forget forget => forget.Entity.PersistenceId,
        StoreWrite.Upsert row => row.Tenant.Value + row.Id,
        StoreWrite.Delete row => row.Tenant.Value + row.Id,
        _ => throw new ArgumentOutOfRangeException(nameof(write)),
    };
}
