using System.IO.Hashing;
using System.Text;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Kernel.Tests.Sharding;

public sealed class ShardsTests
{
    // The published vectors of xxHash64 with seed 0 (xxhash.com; cyan4973/xxHash). Stored data depend on them: a change here moves every tenant.
    [Theory]
    [InlineData("", 0xEF46DB3751D8E999)]
    [InlineData("a", 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0x44BC2CF5AD770999)]
    public void The_hash_is_xxhash64(string text, ulong expected) =>
        Assert.Equal(expected, XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_shard_is_the_hash_of_the_tenant_mod_128()
    {
        Assert.Equal((int)(0x44BC2CF5AD770999 % 128), Shards.Of(new TenantId("abc")));
        Assert.Equal(Shards.Of(new TenantId("abc")), new EntityId("call", new TenantId("abc"), "1").Shard);
        Assert.InRange(Shards.Of(new TenantId(new string('ż', 1000))), 0, 127);
    }

    [Fact]
    public void Tenants_spread_over_all_shards()
    {
        var counts = new int[Shards.Count];
        for (var i = 0; i < 12_800; i++) counts[Shards.Of(new TenantId($"tenant-{i}"))]++;

        Assert.All(counts, count => Assert.InRange(count, 50, 160)); // 100 each, give or take five sigma
    }

    [Theory]
    [InlineData("call/acme/17", "call", "acme", "17")]
    [InlineData("call/acme/17/b", "call", "acme", "17/b")]
    [InlineData("platform/@platform/platform", "platform", "@platform", "platform")]
    public void A_persistence_id_reads_back(string text, string kind, string tenant, string id)
    {
        Assert.True(EntityId.TryParse(text, out var entity));
        Assert.Equal(new EntityId(kind, new TenantId(tenant), id), entity);
        Assert.Equal(text, entity.PersistenceId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("call")]
    [InlineData("call/acme")]
    [InlineData("call/acme/")]
    [InlineData("call//17")]
    [InlineData("/acme/17")]
    public void What_is_no_persistence_id_is_refused(string text) => Assert.False(EntityId.TryParse(text, out _));
}
