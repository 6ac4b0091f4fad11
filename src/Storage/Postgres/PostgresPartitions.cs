using System.Globalization;
using Npgsql;

namespace TeleCube.Storage.Postgres;

/// <summary>The journal's daily partitions of calls and SMS: made ahead, dropped whole when nothing lies in them that is live or to be kept longer.</summary>
static class PostgresPartitions
{
    const int StreamsPerDelete = 500;

    /// <summary>Parameters: the day of calls, the day of SMS.</summary>
    const string Over =
        """
        day < CASE WHEN persistence_id LIKE 'sms/%' THEN $2 ELSE $1 END
        AND persistence_id NOT IN (SELECT kind || '/' || tenant || '/' || id FROM remembered)
        """;

    public static async Task Ensure(NpgsqlDataSource database, IEnumerable<DateOnly> days, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        foreach (var day in days.Distinct()) await Ensure(connection, day, stop);
    }

    public static Task EnsureAhead(NpgsqlDataSource database, DateOnly today, int days, CancellationToken stop) =>
        Ensure(database, Enumerable.Range(-1, days + 2).Select(today.AddDays), stop);

    public static async Task<long> DropStreamsBefore(NpgsqlDataSource database, DateOnly calls, DateOnly sms, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await connection.Execute("SET statement_timeout = 0", stop);
        var kept = (await connection.ColumnPatiently<DateOnly>(
            $"SELECT DISTINCT day FROM stream WHERE day < greatest($1, $2) AND day > '1970-01-01' AND NOT ({Over})", stop, calls, sms)).ToHashSet();
        var end = calls > sms ? calls : sms;
        foreach (var old in (await Days(connection, stop)).Where(old => old < end && !kept.Contains(old))) await Drop(connection, old, stop);
        var dropped = await DeleteStreams(connection, calls, sms, stop);
        await connection.Execute("RESET statement_timeout", stop);
        return dropped;
    }

    // Attached after it is made: that takes a weaker lock on the journal than CREATE … PARTITION OF, so appends go on meanwhile.
    static async Task Ensure(NpgsqlConnection connection, DateOnly day, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await connection.Execute("SELECT pg_advisory_xact_lock(hashtextextended('telecube partitions', 0))", stop);
        if (!await connection.Scalar<bool>("SELECT to_regclass($1) IS NOT NULL", stop, Name(day)))
        {
            await connection.Execute($"CREATE TABLE {Name(day)} (LIKE journal INCLUDING ALL)", stop);
            await connection.Execute(
                $"ALTER TABLE journal ATTACH PARTITION {Name(day)} FOR VALUES FROM ('{day:yyyy-MM-dd}') TO ('{day.AddDays(1):yyyy-MM-dd}')", stop);
        }

        await transaction.CommitAsync(stop);
    }

    static async Task<List<DateOnly>> Days(NpgsqlConnection connection, CancellationToken stop)
    {
        var names = await connection.Column<string>("SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relname ~ '^journal_\\d{8}$'", stop);
        return [.. names.Select(name => DateOnly.ParseExact(name["journal_".Length..], "yyyyMMdd", CultureInfo.InvariantCulture))];
    }

    // Detached first, concurrently: dropping an attached partition would lock the journal against every append.
    static async Task Drop(NpgsqlConnection connection, DateOnly day, CancellationToken stop)
    {
        var state = await connection.Column<bool>("SELECT inhdetachpending FROM pg_inherits WHERE inhrelid = $1::regclass", stop, Name(day));
        if (state is [var pending])
            await connection.ExecutePatiently($"ALTER TABLE journal DETACH PARTITION {Name(day)} {(pending ? "FINALIZE" : "CONCURRENTLY")}", stop);
        await connection.ExecutePatiently($"DROP TABLE IF EXISTS {Name(day)}", stop);
    }

    static async Task<long> DeleteStreams(NpgsqlConnection connection, DateOnly calls, DateOnly sms, CancellationToken stop)
    {
        long deleted = 0;
        while (true)
        {
            var some = await connection.ExecutePatiently(
                $"""
                WITH over AS MATERIALIZED (
                    SELECT persistence_id, day FROM stream
                    WHERE day < greatest($1, $2) AND day > '1970-01-01' AND {Over} LIMIT {StreamsPerDelete}),
                events AS (DELETE FROM journal j USING over o WHERE j.persistence_id = o.persistence_id AND j.day = o.day),
                snapshots AS (DELETE FROM snapshot s USING over o WHERE s.persistence_id = o.persistence_id)
                DELETE FROM stream s USING over o WHERE s.persistence_id = o.persistence_id
                """, stop, calls, sms);
            deleted += some;
            if (some < StreamsPerDelete) return deleted;
        }
    }

    static string Name(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"journal_{day:yyyyMMdd}");
}
