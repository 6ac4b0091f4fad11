namespace TeleCube.Kernel.Sharding;

/// <summary>The ownership of a node that has no other: every shard, under one epoch.</summary>
public sealed class SoleOwnership(long epoch = 1) : IShardOwnership
{
    public long? EpochOf(int shard) => epoch;

    public bool MayOriginate => true;
}
