using System.Globalization;
using Microsoft.Data.Sqlite;
using TeleCube.Kernel.Persistence;
using TeleCube.Storage.ReadModels;
using TeleCube.Storage.Schema;

namespace TeleCube.Storage.Sqlite;

/// <summary>Brings the file's schema up to date: the numbered steps, then the tables of the declared read models.</summary>
static class SqliteSchema
{
    public static void Migrate(SqliteConnection connection)
    {
        connection.Execute(
            """
            CREATE TABLE IF NOT EXISTS schema_step (
                number INTEGER PRIMARY KEY, name TEXT NOT NULL, lowest_level INTEGER NOT NULL, taken_at INTEGER NOT NULL) STRICT
            """);
        var reached = Convert.ToInt32(connection.Scalar("SELECT coalesce(max(number), 0) FROM schema_step"), CultureInfo.InvariantCulture);
        var lowest = Convert.ToInt32(connection.Scalar("SELECT coalesce(max(lowest_level), 0) FROM schema_step"), CultureInfo.InvariantCulture);
        foreach (var step in Migration.Due(SqliteMigrations.All, reached, lowest))
        {
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"""
                BEGIN IMMEDIATE;
                {step.Sql}
                INSERT INTO schema_step VALUES ({step.Number}, '{step.Name}', {step.LowestLevel}, unixepoch('subsec') * 1000000);
                COMMIT;
                """));
        }
    }

    /// <summary>Makes missing tables and adds the columns by which a declaration has grown; nothing is ever dropped.</summary>
    public static void Declare(SqliteConnection connection, ReadModelCatalog catalog)
    {
        foreach (var table in catalog.Tables)
        {
            connection.Execute(
                $"CREATE TABLE IF NOT EXISTS {table.QuotedName} (tenant TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (tenant, id))");
            var present = connection.Strings($"SELECT name || ' ' || type FROM pragma_table_info('{table.Name}')");
            foreach (var column in table.Columns)
            {
                AddIfMissing(connection, table, column, present);
                var name = ReadModelTable.Quoted(column.Name);
                if (column.Indexed) Index(connection, table, $"{table.Name}_{column.Name}", $"tenant, {name}, id");
                if (column.AcrossTenants) Index(connection, table, $"{table.Name}_{column.Name}_all", $"{name}, id, tenant");
            }
        }
    }

    static void Index(SqliteConnection connection, ReadModelTable table, string index, string columns) =>
        connection.Execute($"CREATE INDEX IF NOT EXISTS {ReadModelTable.Quoted(index)} ON {table.QuotedName} ({columns})");

    static void AddIfMissing(SqliteConnection connection, ReadModelTable table, ReadModelColumn column, List<string> present)
    {
        var type = Type(column.Kind);
        var found = present.Find(entry => entry[..entry.LastIndexOf(' ')].Equals(column.Name, StringComparison.OrdinalIgnoreCase));
        if (found is null)
            connection.Execute($"ALTER TABLE {table.QuotedName} ADD COLUMN {ReadModelTable.Quoted(column.Name)} {type}");
        else if (!found.EndsWith(" " + type, StringComparison.Ordinal))
            throw new StoreStartException(
                $"read model {table.Model.Name}: column {column.Name} is kept as {found} and can't become {type}; declare it under a new name");
    }

    static string Type(ColumnKind kind) => kind switch
    {
        ColumnKind.Text => "TEXT",
        ColumnKind.Decimal => "REAL",
        _ => "INTEGER",
    };
}
