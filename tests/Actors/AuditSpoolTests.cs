using TeleCube.Actors.Audit;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests;

/// <summary>What waits for the store is bounded, and who fails to sign in has not all of the room.</summary>
public sealed class AuditSpoolTests
{
    readonly AwayModels _store = new();

    [Fact]
    public async Task When_it_is_full_deeds_are_refused_again()
    {
        await using var spool = new AuditSpool(_store, new ManualClock());
        for (var i = 0; i < AuditSpool.Capacity / 2; i++) await spool.Write(Entry(i, refusal: "wrong-password"));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => spool.Write(Entry(-1, refusal: "wrong-password")));
        for (var i = AuditSpool.Capacity / 2; i < AuditSpool.Capacity; i++) await spool.Write(Entry(i));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => spool.Write(Entry(-1)));
        Assert.Equal(AuditSpool.Capacity, spool.Waiting);
    }

    [Fact]
    public async Task What_waits_is_written_in_its_order_when_the_store_is_back()
    {
        var clock = new ManualClock();
        await using var spool = new AuditSpool(_store, clock);
        for (var i = 0; i < 250; i++) await spool.Write(Entry(i));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(250, spool.Waiting);
        _store.Away = false;
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, spool.Waiting);
        Assert.Equal(Enumerable.Range(0, 250).Select(i => $"{i}"), _store.Written);
    }

    [Fact]
    public async Task The_last_try_is_made_when_the_node_stops()
    {
        await using (var spool = new AuditSpool(_store, new ManualClock()))
        {
            await spool.Write(Entry(1));
            _store.Away = false;
        }

        Assert.Equal(["1"], _store.Written);
    }

    static AuditEntry Entry(int id, string? refusal = null) => new()
    {
        Id = $"{id}",
        At = DateTimeOffset.UnixEpoch,
        Action = "drain-node",
        Actor = new(AuditActorKind.Operator, "operator"),
        Resource = "nodes",
        Verb = "POST",
        RequestId = "1",
        Refusal = refusal,
    };

    sealed class AwayModels : IReadModels
    {
        public bool Away { get; set; } = true;

        public List<string> Written { get; } = [];

        public Task<ReadModelRow?> Get(string model, TenantId tenant, string id, CancellationToken stop = default) => throw new NotSupportedException();

        public Task<ReadModelPage> Query(ReadModelQuery query, CancellationToken stop = default) => throw new NotSupportedException();

        public Task Write(IReadOnlyList<StoreWrite> writes, CancellationToken stop = default)
        {
            if (Away) return Task.FromException(new StoreUnavailableException("away"));
            Written.AddRange(writes.OfType<StoreWrite.Upsert>().Select(row => row.Id));
            return Task.CompletedTask;
        }
    }
}
