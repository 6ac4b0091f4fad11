namespace TeleCube.Kernel.Sharding;

/// <summary>Which shards this node owns, and under which epoch; the epoch grows with each owner and fences the writes of earlier ones.</summary>
public interface IShardOwnership
{
    /// <summary>The epoch under which this node owns the shard, or null if it does not.</summary>
    long? EpochOf(int shard);

    /// <summary>True while this node may originate traffic: the local monotonic deadline (start of last renewal + TTL − 500 ms) lies ahead.</summary>
    bool MayOriginate { get; }
}
