using System.Net.Sockets;
using Npgsql;
using TeleCube.Storage.Groups;

namespace TeleCube.Storage.Postgres;

/// <summary>Tells faults of the server and the way to it from faults of one write (PostgreSQL documentation, appendix A).</summary>
static class PostgresFault
{
    /// <summary>The store's fault, or null if the write is to blame. An ERROR ends its statement for certain; a FATAL or a dead
    /// connection leaves it open.</summary>
    public static StoreFaultException? Of(Exception fault) => fault switch
    {
        PostgresException { InvariantSeverity: "FATAL" or "PANIC" } fatal => new(fatal.MessageText, ambiguous: true, fatal),
        PostgresException error => OfError(error),
        NpgsqlException or IOException or SocketException or TimeoutException or OperationCanceledException =>
            new($"the database can't be reached: {Innermost(fault).Message}", ambiguous: true, fault),
        InvalidOperationException => new($"the connection can't be used: {fault.Message}", ambiguous: true, fault),
        _ => null,
    };

    static StoreFaultException? OfError(PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.DiskFull => new("the database's disk is full", ambiguous: false, error),
        PostgresErrorCodes.ReadOnlySqlTransaction => new("the database is read-only: a standby, or set so", ambiguous: false, error),
        PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure =>
            new(error.MessageText, ambiguous: false, error) { Passing = true },
        ['0', '8', ..] or "57P01" or "57P02" or "57P03" or "57P05" => new(error.MessageText, ambiguous: true, error),
        // What the values themselves break: 22 data exception, 23 integrity constraint, 54 program limit.
        ['2', '2' or '3', ..] or ['5', '4', ..] => null,
        // All else is no write's fault: a lost right, a schema that is being changed. Calls must not pay for it.
        _ => new(error.MessageText, ambiguous: false, error),
    };

    static Exception Innermost(Exception fault) => fault.InnerException is { } inner ? Innermost(inner) : fault;
}
