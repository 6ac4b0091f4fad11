using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Storage.Tests.Fixtures;

namespace TeleCube.Storage.Tests.Specs;

/// <summary>What every store does with what is told to tenants.</summary>
public abstract class FeedSpec(StoreFixture store)
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    readonly TenantId _tenant = Samples.NewTenant();

    [Fact]
    public async Task What_is_told_comes_with_the_events_that_cause_it()
    {
        await store.Commit(Call("c1"), 1, Said("call.begun"), Said("call.ringing"));
        Assert.Equal(
            [new FeedEvent(1, "call.begun", Samples.Noon, """{"é":1}"""), new FeedEvent(2, "call.ringing", Samples.Noon, """{"é":1}""")],
            await store.Feeds.ReadFeed(_tenant, 0, 10));
        Assert.Equal(new FeedRange(1, 2), await store.Feeds.RangeOf(_tenant));
    }

    [Fact]
    public async Task A_tenants_numbers_have_no_gap_whoever_speaks()
    {
        var other = Samples.NewTenant();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => store.Commit(Call($"c{i}"), 1, Said($"a{i}"), Said($"b{i}"), Said("other", other))));

        var told = await store.Feeds.ReadFeed(_tenant, 0, 1000);
        Assert.Equal(Enumerable.Range(1, 400).Select(nr => (long)nr), told.Select(said => said.Number));
        foreach (var i in Enumerable.Range(0, 200)) // one call's own words stay in their order
            Assert.Equal(told.Single(said => said.Type == $"a{i}").Number + 1, told.Single(said => said.Type == $"b{i}").Number);
        Assert.Equal(new FeedRange(1, 200), await store.Feeds.RangeOf(other));
    }

    [Fact]
    public async Task What_was_refused_is_not_told_and_leaves_no_gap()
    {
        await store.Commit(Call("c1"), 1, Said("first"));
        var good = store.Commit(Call("c2"), 1, Said("second"));
        Assert.Equal(AppendStatus.SequenceConflict, await store.Commit(Call("c1"), 9, Said("never")));
        await good;
        await store.Commit(Call("c1"), 2, Said("third"));
        Assert.Equal([(1, "first"), (2, "second"), (3, "third")], (await store.Feeds.ReadFeed(_tenant, 0, 10)).Select(said => (said.Number, said.Type)));
    }

    [Fact]
    public async Task What_is_written_again_is_told_once()
    {
        var append = store.Append(Call("c1"), 1, 1, Said("once"));
        Assert.Equal(AppendStatus.Committed, (await store.Journal.Append(append)).Status);
        Assert.Equal(AppendStatus.Committed, (await store.Journal.Append(append)).Status);
        Assert.Single(await store.Feeds.ReadFeed(_tenant, 0, 10));
    }

    [Fact]
    public async Task Registrations_and_bare_rows_tell_too()
    {
        await store.ReadModels.Write([Said("bare")]);
        var binding = new RegistrationRow
        {
            Tenant = _tenant,
            Extension = "10",
            Contact = "sip:a@192.0.2.7",
            CallId = "c",
            CSeq = 1,
            RegisteredAt = Samples.Noon,
            ExpiresAt = Samples.Noon.AddYears(50),
        };
        await store.Registrations.Change([binding], [], [Said("added")]);
        await store.Registrations.Change([], [binding.Key], [Said("removed")]);
        Assert.Equal(["bare", "added", "removed"], (await store.Feeds.ReadFeed(_tenant, 0, 10)).Select(said => said.Type));
    }

    [Fact]
    public async Task It_is_read_in_pages()
    {
        await store.Commit(Call("c1"), 1, [.. Enumerable.Range(1, 5).Select(i => Said($"{i}"))]);
        Assert.Equal([3, 4], (await store.Feeds.ReadFeed(_tenant, 2, 2)).Select(said => said.Number));
        Assert.Empty(await store.Feeds.ReadFeed(_tenant, 5, 2));
    }

    [Fact]
    public async Task What_is_old_is_dropped_and_the_numbers_go_on()
    {
        await store.Commit(Call("c1"), 1, Said("old", at: DateTimeOffset.UnixEpoch), Said("old", at: DateTimeOffset.UnixEpoch), Said("young"));
        await store.Feeds.DropFeedBefore(DateTimeOffset.UnixEpoch.AddDays(1));
        Assert.Equal(new FeedRange(3, 3), await store.Feeds.RangeOf(_tenant));

        var quiet = Samples.NewTenant();
        await store.Commit(new EntityId("call", quiet, "c1"), 1, Said("old", quiet, DateTimeOffset.UnixEpoch));
        await store.Feeds.DropFeedBefore(DateTimeOffset.UnixEpoch.AddDays(1));
        Assert.Equal(new FeedRange(2, 1), await store.Feeds.RangeOf(quiet));
        await store.Commit(new EntityId("call", quiet, "c1"), 2, Said("new", quiet));
        Assert.Equal([2], (await store.Feeds.ReadFeed(quiet, 0, 10)).Select(said => said.Number));
    }

    [Fact]
    public async Task A_tenant_that_was_told_nothing_begins_with_1() => Assert.Equal(new FeedRange(1, 0), await store.Feeds.RangeOf(_tenant));

    [Fact]
    public async Task Who_waits_is_woken_by_what_is_told_to_that_tenant()
    {
        var next = store.Feeds.NextOf(_tenant);
        Assert.False(next.IsCompleted);
        await store.Commit(Call("c1"), 1, Said("news"));
        Assert.True(await next.WaitAsync(_patience));
    }

    EntityId Call(string id) => new("call", _tenant, id);

    StoreWrite.Publish Said(string type, TenantId? tenant = null, DateTimeOffset? at = null) => new(tenant ?? _tenant, type, at ?? Samples.Noon, """{"é":1}""");
}
