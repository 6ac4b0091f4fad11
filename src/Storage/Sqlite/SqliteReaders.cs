using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace TeleCube.Storage.Sqlite;

/// <summary>Connections for reading beside the writer (WAL lets them), each with its prepared statements.</summary>
sealed class SqliteReaders(StoreOptions options) : IDisposable
{
    readonly ConcurrentBag<Reader> _idle = [];
    volatile bool _closed;

    public List<T> Read<T>(string sql, Func<SqliteStatement, T> row, params ReadOnlySpan<object?> values)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (!_idle.TryTake(out var reader)) reader = new Reader(options);
        try
        {
            var rows = reader.Read(sql, row, values);
            Return(reader);
            return rows;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var reader)) reader.Dispose();
    }

    void Return(Reader reader)
    {
        if (_closed || _idle.Count >= options.ReadConnections) reader.Dispose();
        else _idle.Add(reader);
    }

    sealed class Reader : IDisposable
    {
        // Queries come from a few places with a few shapes each; a cache that overflows is started anew.
        const int MostStatements = 100;
        readonly SqliteConnection _connection;
        readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

        public Reader(StoreOptions options)
        {
            var settings = new SqliteConnectionStringBuilder { DataSource = options.Path, Pooling = false, Mode = SqliteOpenMode.ReadOnly };
            _connection = new SqliteConnection(settings.ToString());
            _connection.Open();
            _connection.Execute("PRAGMA busy_timeout = 1000");
        }

        public List<T> Read<T>(string sql, Func<SqliteStatement, T> row, ReadOnlySpan<object?> values) => Statement(sql).Read(row, values);

        public void Dispose()
        {
            foreach (var statement in _statements.Values) statement.Dispose();
            _connection.Dispose();
        }

        SqliteStatement Statement(string sql)
        {
            if (_statements.TryGetValue(sql, out var statement)) return statement;
            if (_statements.Count >= MostStatements)
            {
                foreach (var old in _statements.Values) old.Dispose();
                _statements.Clear();
            }

            return _statements[sql] = new SqliteStatement(_connection, sql);
        }
    }
}
