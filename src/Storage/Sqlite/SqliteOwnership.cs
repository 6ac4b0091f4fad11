using TeleCube.Kernel.Sharding;

namespace TeleCube.Storage.Sqlite;

/// <summary>Whoever holds the file's lock owns every shard; the epochs grow with each opening.</summary>
sealed class SqliteOwnership : IShardOwnership
{
    long[] _epochs = [];

    public bool MayOriginate => _epochs.Length > 0;

    public long? EpochOf(int shard) => (uint)shard < (uint)_epochs.Length ? _epochs[shard] : null;

    public void Take(long[] epochs) => _epochs = epochs;

    public void Release() => _epochs = [];
}
