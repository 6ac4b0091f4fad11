using Npgsql;
using TeleCube.Kernel.Persistence;
using TeleCube.Storage.ReadModels;
using TeleCube.Storage.Schema;

namespace TeleCube.Storage.Postgres;

/// <summary>Brings the database's schema up to date, one node at a time: the numbered steps, then the tables of the declared read
/// models.</summary>
static class PostgresSchema
{
    public static async Task Migrate(NpgsqlDataSource database, ReadModelCatalog catalog, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await connection.Execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0", stop);
        await connection.ExecutePatiently("SELECT pg_advisory_xact_lock(hashtextextended('telecube schema', 0))", stop); // another node may be at it
        await Step(connection, stop);
        foreach (var table in catalog.Tables) await Declare(connection, table, stop);
        await transaction.CommitAsync(stop);
    }

    static async Task Step(NpgsqlConnection connection, CancellationToken stop)
    {
        await connection.Execute(
            """
            CREATE TABLE IF NOT EXISTS schema_step (
                number int PRIMARY KEY, name text NOT NULL, lowest_level int NOT NULL, taken_at timestamptz NOT NULL DEFAULT now())
            """, stop);
        var reached = await connection.Scalar<int>("SELECT coalesce(max(number), 0) FROM schema_step", stop);
        var lowest = await connection.Scalar<int>("SELECT coalesce(max(lowest_level), 0) FROM schema_step", stop);
        foreach (var step in Migration.Due(PostgresMigrations.All, reached, lowest))
        {
            await connection.ExecutePatiently(step.Sql, stop);
            await connection.Execute("INSERT INTO schema_step (number, name, lowest_level) VALUES ($1, $2, $3)", stop, step.Number, step.Name, step.LowestLevel);
        }
    }

    static async Task Declare(NpgsqlConnection connection, ReadModelTable table, CancellationToken stop)
    {
        await connection.Execute(
            $"""
            CREATE TABLE IF NOT EXISTS {table.QuotedName} (
                tenant text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, json json NOT NULL, PRIMARY KEY (tenant, id))
            """, stop);
        var present = await connection.Column<string>(
            "SELECT attname || ' ' || format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped",
            stop, table.QuotedName);
        foreach (var column in table.Columns)
        {
            await AddIfMissing(connection, table, column, present, stop);
            var name = ReadModelTable.Quoted(column.Name);
            if (column.Indexed) await Index(connection, table, $"{table.Name}_{column.Name}", $"tenant, {name} DESC NULLS LAST, id DESC", stop);
            if (column.AcrossTenants)
                await Index(connection, table, $"{table.Name}_{column.Name}_all", $"{name} DESC NULLS LAST, id DESC, tenant DESC", stop);
        }
    }

    static Task<int> Index(NpgsqlConnection connection, ReadModelTable table, string index, string columns, CancellationToken stop) =>
        connection.ExecutePatiently($"CREATE INDEX IF NOT EXISTS {ReadModelTable.Quoted(index)} ON {table.QuotedName} ({columns})", stop);

    static async Task AddIfMissing(
        NpgsqlConnection connection, ReadModelTable table, ReadModelColumn column, List<string> present, CancellationToken stop)
    {
        var type = Type(column.Kind);
        var found = present.Find(entry => entry.StartsWith(column.Name + " ", StringComparison.Ordinal));
        if (found is null)
        {
            var collation = column.Kind == ColumnKind.Text ? " COLLATE \"C\"" : "";
            await connection.ExecutePatiently($"ALTER TABLE {table.QuotedName} ADD COLUMN {ReadModelTable.Quoted(column.Name)} {type}{collation}", stop);
        }
        else if (found != $"{column.Name} {type}")
        {
            throw new StoreStartException(
                $"read model {table.Model.Name}: column {column.Name} is kept as {found} and can't become {type}; declare it under a new name");
        }
    }

    static string Type(ColumnKind kind) => kind switch
    {
        ColumnKind.Text => "text",
        ColumnKind.Integer => "bigint",
        ColumnKind.Decimal => "numeric",
        ColumnKind.Boolean => "boolean",
        _ => "timestamp with time zone",
    };
}
