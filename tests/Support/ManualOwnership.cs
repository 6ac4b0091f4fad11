using TeleCube.Kernel.Sharding;

namespace TeleCube.Tests.Support;

/// <summary>Owns what the test says it owns: every shard under epoch 1 at first.</summary>
public sealed class ManualOwnership : IShardOwnership
{
    readonly long[] _epochs = [.. Enumerable.Repeat(1L, Shards.Count)];

    public bool MayOriginate { get; set; } = true;

    public long? EpochOf(int shard) => Volatile.Read(ref _epochs[shard]) is > 0 and var epoch ? epoch : null;

    public void Grant(int shard, long epoch) => Volatile.Write(ref _epochs[shard], epoch);

    public void Revoke(int shard) => Volatile.Write(ref _epochs[shard], 0);
}
