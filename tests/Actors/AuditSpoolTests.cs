using Microsoft.Extensions.Logging.Abstractions;
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
        await using var spool = Spool();
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
        await using var spool = Spool(clock);
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
        await using (var spool = Spool())
        {
            await spool.Write(Entry(1));
            _store.Away = false;
        }

        Assert.Equal(["1"], _store.Written);
    }

    [Fact]
    public async Task One_that_the_store_refuses_is_dropped_and_holds_up_no_other()
    {
        var clock = new ManualClock();
        await using var spool = Spool(clock);
        for (var i = 0; i < 150; i++) await spool.Write(Entry(i));
        (_store.Away, _store.Poison) = (false, "70");
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((0, 1), (spool.Waiting, spool.Dropped));
        Assert.Equal(Enumerable.Range(0, 150).Except([70]).Select(i => $"{i}"), _store.Written);
    }

    [Fact]
    public async Task One_that_is_refused_alone_is_dropped_too()
    {
        var clock = new ManualClock();
        await using var spool = Spool(clock);
        await spool.Write(Entry(1));
        (_store.Away, _store.Poison) = (false, "1");
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((0, 1), (spool.Waiting, spool.Dropped));
    }

    [Fact]
    public async Task An_outage_while_they_are_written_one_by_one_drops_none()
    {
        var clock = new ManualClock();
        await using var spool = Spool(clock);
        for (var i = 0; i < 10; i++) await spool.Write(Entry(i));
        (_store.Away, _store.Poison, _store.AwayAfter) = (false, "3", "5");
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((4, 1), (spool.Waiting, spool.Dropped));
        _store.Away = false;
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((0, 1), (spool.Waiting, spool.Dropped));
        Assert.Equal(["0", "1", "2", "4", "5", "6", "7", "8", "9"], _store.Written);
    }

    [Fact]
    public async Task A_stop_waits_for_what_is_being_written_and_writes_the_rest()
    {
        var clock = new ManualClock();
        var spool = Spool(clock);
        for (var i = 0; i < 150; i++) await spool.Write(Entry(i));
        (_store.Away, _store.Held) = (false, new());
        clock.Advance(TimeSpan.FromSeconds(2));
        var stopping = spool.DisposeAsync().AsTask();
        Assert.False(stopping.IsCompleted);
        _store.Held.SetException(new StoreUnavailableException("it went away once more"));
        await stopping;
        Assert.Equal(0, spool.Waiting);
        Assert.Equal(Enumerable.Range(0, 150).Select(i => $"{i}"), _store.Written);
    }

    AuditSpool Spool(ManualClock? clock = null) => new(_store, clock ?? new ManualClock(), NullLogger<AuditSpool>.Instance);

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

        public string? Poison { get; set; }

        /// <summary>It goes away when this one, alone, is written.</summary>
        public string? AwayAfter { get; set; }

        /// <summary>The next write ends with it.</summary>
        public TaskCompletionSource? Held { get; set; }

        public List<string> Written { get; } = [];

        public Task<ReadModelRow?> Get(string model, TenantId tenant, string id, CancellationToken stop = default) => throw new NotSupportedException();

        public Task<ReadModelPage> Query(ReadModelQuery query, CancellationToken stop = default) => throw new NotSupportedException();

        public async Task Write(IReadOnlyList<StoreWrite> writes, CancellationToken stop = default)
        {
            if (Away) throw new StoreUnavailableException("away");
            if (Held is { Task.IsCompleted: false }) await Held.Task;
            var ids = writes.OfType<StoreWrite.Upsert>().Select(row => row.Id).ToList();
            if (Poison is { } poison && ids.Contains(poison)) throw new InvalidOperationException("invalid byte sequence");
            Written.AddRange(ids);
            Away = ids is [var only] && only == AwayAfter;
        }
    }
}
