using System.Globalization;
using Microsoft.Data.Sqlite;
using TeleCube.Storage.ReadModels;

namespace TeleCube.Storage.Sqlite;

/// <summary>The writing connection with its prepared statements; remade after a fault of the disk.</summary>
sealed class SqliteSession : IDisposable
{
    readonly SqliteConnection _connection;
    readonly List<SqliteStatement> _prepared = [];
    readonly Dictionary<string, SqliteStatement> _models = new(StringComparer.Ordinal);
    readonly SqliteStatement _begin, _commit, _rollback;

    public SqliteSession(StoreOptions options)
    {
        _connection = Open(options);
        try
        {
            // The schema comes first: statements can't be prepared against tables that aren't there.
            SqliteSchema.Migrate(_connection);
            (_begin, _commit, _rollback) = (Prepare("BEGIN IMMEDIATE"), Prepare("COMMIT"), Prepare("ROLLBACK"));
            Stream = new SqliteStreamStatements(this);
            Rows = new SqliteRowStatements(this);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public SqliteConnection Connection => _connection;

    public SqliteStreamStatements Stream { get; }

    public SqliteRowStatements Rows { get; }

    public SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(_connection, sql);
        _prepared.Add(statement);
        return statement;
    }

    public SqliteStatement Upsert(ReadModelTable table) => Cached("+" + table.Name, () =>
    {
        string[] columns = ["tenant", "id", "json", .. table.Columns.Select(column => ReadModelTable.Quoted(column.Name))];
        var values = string.Join(", ", Enumerable.Range(0, columns.Length).Select(i => $"?{i + 1}"));
        return Prepare($"INSERT OR REPLACE INTO {table.QuotedName} ({string.Join(", ", columns)}) VALUES ({values})");
    });

    public SqliteStatement Delete(ReadModelTable table) =>
        Cached("-" + table.Name, () => Prepare($"DELETE FROM {table.QuotedName} WHERE tenant = ?1 AND id = ?2"));

    /// <summary>Runs the work as one transaction: all of it is durable afterwards, or none.</summary>
    public T Transaction<T>(Func<T> work)
    {
        _begin.Execute();
        try
        {
            var result = work();
            _commit.Execute();
            return result;
        }
        catch
        {
            TryRollback();
            throw;
        }
    }

    public void Dispose()
    {
        // SQLite keeps the file open, and its WAL, as long as a statement lives.
        foreach (var statement in _prepared) statement.Dispose();
        _connection.Dispose();
    }

    void TryRollback()
    {
        try
        {
            _rollback.Execute();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back already, as it does by itself on a full disk (https://www.sqlite.org/lang_transaction.html §3).
        }
    }

    SqliteStatement Cached(string key, Func<SqliteStatement> make)
    {
        if (!_models.TryGetValue(key, out var statement)) _models[key] = statement = make();
        return statement;
    }

    static SqliteConnection Open(StoreOptions options)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = options.Path, Pooling = false }.ToString());
        connection.Open();
        // page_size counts only before the first page is written.
        connection.Execute(
            """
            PRAGMA page_size = 4096;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA busy_timeout = 1000;
            PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = -32768;
            PRAGMA journal_size_limit = 67108864;
            """);
        if (options.MaxFileBytes > 0)
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {Math.Max(1, options.MaxFileBytes / 4096)}"));
        return connection;
    }
}
