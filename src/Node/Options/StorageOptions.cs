namespace TeleCube.Node.Options;

/// <summary><c>telecube.storage</c>: where the journal and everything else that must last is kept.</summary>
public sealed record StorageOptions
{
    public required StorageProvider Provider { get; init; }

    public required string Path { get; init; }

    public required string Blobs { get; init; }

    public required string? ConnectionString { get; init; }

    public required GroupOptions Group { get; init; }

    public required LeaseOptions Lease { get; init; }

    public required TimeSpan StatementTimeout { get; init; }

    public required TimeSpan ProbeInterval { get; init; }

    public required int ReadConnections { get; init; }

    public required DirectoryCacheOptions DirectoryCache { get; init; }

    public required int CallPartitionsAhead { get; init; }

    public required TimeSpan CallRetention { get; init; }

    public required TimeSpan AuditRetention { get; init; }

    public required TimeSpan SmsRetention { get; init; }

    public required TimeSpan EventRetention { get; init; }

    public required ByteSize MaxFile { get; init; }
}

/// <summary>What keeps the data.</summary>
public enum StorageProvider
{
    Sqlite,
    Postgresql,
}

/// <summary>How appends are committed together.</summary>
public sealed record GroupOptions
{
    public required int Size { get; init; }

    public required TimeSpan Interval { get; init; }

    public required int QueueLimit { get; init; }
}

/// <summary>How long this node may go on without renewing its claim.</summary>
public sealed record LeaseOptions
{
    public required TimeSpan Ttl { get; init; }

    public required TimeSpan Renewal { get; init; }

    public required TimeSpan OriginateMargin { get; init; }
}

/// <summary>How stale a look-up of whom a number belongs to may be.</summary>
public sealed record DirectoryCacheOptions
{
    public required TimeSpan KeepFor { get; init; }

    public required int Entries { get; init; }
}
