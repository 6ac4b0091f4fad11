using Microsoft.Data.Sqlite;
using TeleCube.Storage.Groups;

namespace TeleCube.Storage.Sqlite;

/// <summary>Tells faults of the file and the disk from faults of one write (https://www.sqlite.org/rescode.html).</summary>
static class SqliteFault
{
    const int Busy = 5, NoMemory = 7, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CantOpen = 14, NotADatabase = 26;

    /// <summary>The store's fault, or null if the write is to blame. A failed fsync leaves open what the disk holds, hence the ambiguity
    /// of an I/O error.</summary>
    public static StoreFaultException? Of(SqliteException fault) => fault.SqliteErrorCode switch
    {
        Full => new("the disk is full", ambiguous: false, fault),
        ReadOnly => new("the database file is read-only", ambiguous: false, fault),
        CantOpen or NotADatabase or Corrupt or NoMemory => new(fault.Message, ambiguous: false, fault),
        IoError => new($"the disk failed: {fault.Message}", ambiguous: true, fault),
        Busy => new("the database file is locked by another program", ambiguous: false, fault),
        _ => null,
    };
}
