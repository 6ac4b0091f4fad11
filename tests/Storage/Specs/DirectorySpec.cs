using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Storage.Tests.Fixtures;

namespace TeleCube.Storage.Tests.Specs;

/// <summary>What every directory does: keys are unique in the platform and change with the events that change them.</summary>
public abstract class DirectorySpec(StoreFixture store)
{
    readonly EntityId _one = Samples.NewCall();
    readonly EntityId _two = Samples.NewCall();
    readonly string _key = Guid.NewGuid().ToString();

    [Fact]
    public async Task A_claimed_key_is_found_until_it_is_released()
    {
        Assert.Null(await store.Directory.Find("number", _key));

        await store.Commit(_one, 1, Claim(_one));
        Assert.Equal(_one.Tenant, await store.Directory.Find("number", _key));
        Assert.Null(await store.Directory.Find("user", _key));

        await store.Commit(_one, 2, new StoreWrite.Release("number", _key, _one.Tenant));
        Assert.Null(await store.Directory.Find("number", _key));
    }

    [Fact]
    public async Task A_key_of_another_tenant_is_taken_and_nothing_is_written()
    {
        await store.Commit(_one, 1, Claim(_one));

        var outcome = await store.Journal.Append(store.Append(_two, 1, 1, new StoreWrite.Remember(_two), Claim(_two)));

        Assert.Equal(AppendStatus.Taken, outcome.Status);
        Assert.Equal($"number/{_key}", outcome.Detail);
        Assert.Equal(_one.Tenant, await store.Directory.Find("number", _key));
        Assert.Empty(await store.Journal.Events(_two));
        Assert.DoesNotContain(_two, await store.Directory.Remembered(_two.Shard).ToListAsync());
    }

    [Fact]
    public async Task A_tenant_may_claim_its_own_key_again()
    {
        await store.Commit(_one, 1, Claim(_one));
        Assert.Equal(AppendStatus.Committed, await store.Commit(_one, 2, Claim(_one)));
    }

    [Fact]
    public async Task Only_its_holder_releases_a_key()
    {
        await store.Commit(_one, 1, Claim(_one));
        Assert.Equal(AppendStatus.Committed, await store.Commit(_two, 1, new StoreWrite.Release("number", _key, _two.Tenant)));
        Assert.Equal(_one.Tenant, await store.Directory.Find("number", _key));
    }

    [Fact]
    public async Task A_key_moves_between_tenants_in_one_append()
    {
        await store.Commit(_one, 1, Claim(_one));

        Assert.Equal(AppendStatus.Committed, await store.Commit(_two, 1, new StoreWrite.Release("number", _key, _one.Tenant), Claim(_two)));

        Assert.Equal(_two.Tenant, await store.Directory.Find("number", _key));
    }

    [Fact]
    public async Task Of_many_who_claim_a_key_at_once_one_gets_it()
    {
        var rivals = Enumerable.Range(0, 30).Select(_ => Samples.NewCall()).ToList();

        var outcomes = await Task.WhenAll(rivals.Select(rival => store.Commit(rival, 1, Claim(rival))));

        Assert.Single(outcomes, AppendStatus.Committed);
        Assert.Equal(29, outcomes.Count(status => status == AppendStatus.Taken));
        Assert.Equal(rivals[Array.IndexOf(outcomes, AppendStatus.Committed)].Tenant, await store.Directory.Find("number", _key));
    }

    [Fact]
    public async Task Remembers_an_entity_in_its_shard_until_it_is_forgotten()
    {
        await store.Commit(_one, 1, new StoreWrite.Remember(_one));
        await store.Commit(_one, 2, new StoreWrite.Remember(_one));
        Assert.Single(await store.Directory.Remembered(_one.Shard).ToListAsync(), _one);
        Assert.DoesNotContain(_one, await store.Directory.Remembered((_one.Shard + 1) % Shards.Count).ToListAsync());

        await store.Commit(_one, 3, new StoreWrite.Forget(_one));
        Assert.DoesNotContain(_one, await store.Directory.Remembered(_one.Shard).ToListAsync());
    }

    [Fact]
    public async Task The_last_of_several_writes_on_one_thing_counts()
    {
        await store.Commit(_one, 1, Claim(_one), new StoreWrite.Remember(_one), new StoreWrite.Release("number", _key, _one.Tenant), new StoreWrite.Forget(_one));

        Assert.Null(await store.Directory.Find("number", _key));
        Assert.DoesNotContain(_one, await store.Directory.Remembered(_one.Shard).ToListAsync());
    }

    StoreWrite.Claim Claim(EntityId by) => new("number", _key, by.Tenant);
}
