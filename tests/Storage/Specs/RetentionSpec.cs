using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Storage.Tests.Fixtures;

namespace TeleCube.Storage.Tests.Specs;

/// <summary>Old calls and SMS are dropped; nothing else ever is.</summary>
public abstract class RetentionSpec(OpenedFixture store)
{
    static readonly DateOnly _cut = new(2025, 6, 10);

    [Fact]
    public async Task Drops_calls_that_began_before_the_day_and_are_over()
    {
        var (over, longCall, live, recent) = (Samples.NewCall(), Samples.NewCall(), Samples.NewCall(), Samples.NewCall());
        var tenant = new EntityId("tenant", over.Tenant, "t");
        await Begin(over, "2025-06-09T23:00:00Z");
        await store.Journal.SaveSnapshot(over.PersistenceId, new(1, "call.state", 1, "{}"u8.ToArray()));
        await Begin(longCall, "2025-06-08T23:59:00Z");
        await Append(longCall, 2, "2025-06-11T10:00:00Z");
        await Begin(live, "2025-06-09T22:00:00Z", new StoreWrite.Remember(live));
        await Begin(recent, "2025-06-10T00:00:00Z");
        await Begin(tenant, "2020-01-01T00:00:00Z");

        Assert.Equal(2, await store.Store.DropStreamsBefore(_cut, _cut));

        Assert.Equal([0, 0, 1, 1, 1], await Counts(over, longCall, live, recent, tenant));
        Assert.Null(await store.Journal.LoadSnapshot(over.PersistenceId));

        // The live one goes on, and goes when it is over.
        await Append(live, 2, "2025-06-12T10:00:00Z", new StoreWrite.Forget(live));
        Assert.Equal(1, await store.Store.DropStreamsBefore(_cut, _cut));
        Assert.Equal([0, 0, 0, 1, 1], await Counts(over, longCall, live, recent, tenant));
    }

    [Theory]
    [InlineData("2023-05-03", "2023-05-10", 1, 0)]
    [InlineData("2023-05-10", "2023-05-03", 0, 1)]
    [InlineData("2023-05-10", "2023-05-10", 0, 0)]
    public async Task Calls_and_sms_of_one_day_are_kept_for_as_long_as_each_is_wanted(string calls, string sms, int callsKept, int smsKept)
    {
        var (call, sent, queued) = (Samples.NewCall(), NewSms(), NewSms());
        await Begin(call, "2023-05-05T10:00:00Z");
        await Begin(sent, "2023-05-05T10:00:00Z");
        await Append(sent, 2, "2023-05-05T10:00:01Z");
        await Begin(queued, "2023-05-05T10:00:00Z", new StoreWrite.Remember(queued));

        Assert.Equal(2 - callsKept - smsKept, await store.Store.DropStreamsBefore(DateOnly.Parse(calls, null), DateOnly.Parse(sms, null)));
        Assert.Equal([callsKept, 2 * smsKept, 1], await Counts(call, sent, queued));

        await Append(queued, 2, "2023-05-12T10:00:00Z", new StoreWrite.Forget(queued));
        Assert.Equal(1 + callsKept + smsKept, await store.Store.DropStreamsBefore(new(2023, 5, 10), new(2023, 5, 10)));
        Assert.Equal([0, 0, 0], await Counts(call, sent, queued));
    }

    [Fact]
    public async Task Drops_a_great_many_in_passing()
    {
        var calls = Enumerable.Range(0, 700).Select(_ => Samples.NewCall()).ToList();
        await Task.WhenAll(calls.Select(call => Begin(call, "2024-02-29T10:00:00Z")));

        var drop = store.Store.DropStreamsBefore(new(2024, 3, 1), new(2024, 3, 1));
        var during = Samples.NewCall();
        Assert.Equal(AppendStatus.Committed, await store.Commit(during, 1));

        Assert.Equal(700, await drop);
        Assert.Equal([0, 1], await Counts(calls[350], during));
    }

    Task Begin(EntityId entity, string at, params StoreWrite[] writes) => Append(entity, 1, at, writes);

    async Task Append(EntityId entity, long nr, string at, params StoreWrite[] writes)
    {
        var append = store.Append(entity, nr, 1, writes);
        var outcome = await store.Journal.Append(append with { Events = [append.Events[0] with { At = DateTimeOffset.Parse(at, null) }] });
        Assert.Equal(AppendOutcome.Committed, outcome);
    }

    static EntityId NewSms() => Samples.NewCall() with { Kind = "sms" };

    async Task<List<int>> Counts(params EntityId[] entities)
    {
        var counts = new List<int>();
        foreach (var entity in entities) counts.Add((await store.Journal.Events(entity)).Count);
        return counts;
    }
}
