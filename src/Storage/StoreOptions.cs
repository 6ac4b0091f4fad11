namespace TeleCube.Storage;

/// <summary>Settings of the store (<c>telecube.storage</c> in reference.conf).</summary>
public sealed record StoreOptions
{
    public StoreProvider Provider { get; init; } = StoreProvider.Sqlite;

    /// <summary>The SQLite file; its directory is made when missing.</summary>
    public string Path { get; init; } = "data/telecube.db";

    /// <summary>An Npgsql connection string. Time-outs, keepalives and pool sizes that it leaves out are set from the options
    /// here.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>This node's name, unique in the cluster and the same after a restart.</summary>
    public string NodeId { get; init; } = "node-1";

    /// <summary>The version level told to the other nodes: a newer node writes nothing that an older one can't read.</summary>
    public int Level { get; init; } = 1;

    public IReadOnlyList<NodeEndpoint> Endpoints { get; init; } = [];

    /// <summary>The most appends that are committed together.</summary>
    public int GroupSize { get; init; } = 100;

    /// <summary>The least time between the beginnings of two commits, unless a group is full: what comes meanwhile shares the next one. An append
    /// that comes after a pause is committed at once.</summary>
    public TimeSpan GroupInterval { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Appends waiting for their group; beyond it they are refused as unavailable.</summary>
    public int QueueLimit { get; init; } = 10_000;

    /// <summary>How long a node's lease outlives its last renewal, on the database's clock.</summary>
    public TimeSpan LeaseTtl { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan LeaseRenewal { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long before the end of its lease a node stops originating traffic.</summary>
    public TimeSpan OriginateMargin { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The server ends a statement of ours after this; a stopped client can't hold a lock for longer.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a store that is away is tried again.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Connections for reading.</summary>
    public int ReadConnections { get; init; } = 16;

    /// <summary>How old a cached directory entry may be; this node's own changes are seen at once.</summary>
    public TimeSpan DirectoryCacheFor { get; init; } = TimeSpan.FromSeconds(5);

    public int DirectoryCacheEntries { get; init; } = 100_000;

    /// <summary>How many days of call partitions are kept ready (PostgreSQL).</summary>
    public int CallPartitionsAhead { get; init; } = 7;

    /// <summary>The largest size of the SQLite file, 0 for no bound other than the disk.</summary>
    public long MaxFileBytes { get; init; }
}
