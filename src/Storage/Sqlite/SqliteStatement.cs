using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TeleCube.Storage.Sqlite;

/// <summary>
/// A prepared statement that is run again and again: values are bound to <c>?1</c>, <c>?2</c>, …, and its current row is read
/// from it. It speaks to SQLite itself, since the ADO.NET layer looks every parameter up by name each time: half the cost of an append.
/// </summary>
sealed class SqliteStatement : IDisposable
{
    readonly sqlite3 _database;
    readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("the connection is closed");
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>How many rows it changed.</summary>
    public int Execute(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        try
        {
            while (Step()) { }
            return raw.sqlite3_changes(_database);
        }
        finally
        {
            Reset();
        }
    }

    public List<T> Read<T>(Func<SqliteStatement, T> row, params ReadOnlySpan<object?> values)
    {
        Bind(values);
        try
        {
            var rows = new List<T>();
            while (Step()) rows.Add(row(this));
            return rows;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The first row's only column, or null when there is none.</summary>
    public string? Text(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        try
        {
            return Step() ? TextAt(0) : null;
        }
        finally
        {
            Reset();
        }
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public string TextAt(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string() ?? "";

    public string? TextOrNull(int column) => IsNull(column) ? null : TextAt(column);

    public long LongAt(int column) => raw.sqlite3_column_int64(_statement, column);

    public int IntAt(int column) => raw.sqlite3_column_int(_statement, column);

    public byte[] BytesAt(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public Guid GuidAt(int column) => new(raw.sqlite3_column_blob(_statement, column), bigEndian: true);

    public object? ValueAt(int column) => raw.sqlite3_column_type(_statement, column) switch
    {
        raw.SQLITE_NULL => null,
        raw.SQLITE_INTEGER => LongAt(column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(_statement, column),
        _ => TextAt(column),
    };

    public void Dispose() => _statement.Dispose();

    bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW) return true;
        if (code != raw.SQLITE_DONE) Check(code);
        return false;
    }

    // Its result repeats the failure of the last step, which has been thrown already.
    void Reset() => _ = raw.sqlite3_reset(_statement);

    void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) Check(Bind(i + 1, values[i]));
    }

    /// <summary>Times are kept as microseconds, truths as 0 and 1, decimals as REAL (the row's JSON holds the exact one).</summary>
    int Bind(int at, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, at),
        string text => raw.sqlite3_bind_text(_statement, at, text),
        long number => raw.sqlite3_bind_int64(_statement, at, number),
        int number => raw.sqlite3_bind_int64(_statement, at, number),
        ReadOnlyMemory<byte> bytes => raw.sqlite3_bind_blob(_statement, at, bytes.Span),
        DateTimeOffset time => raw.sqlite3_bind_int64(_statement, at, Microseconds.From(time)),
        Guid id => BindGuid(at, id),
        bool truth => raw.sqlite3_bind_int64(_statement, at, truth ? 1 : 0),
        decimal number => raw.sqlite3_bind_double(_statement, at, (double)number),
        _ => throw new ArgumentException($"SQLite holds no {value.GetType().Name}"),
    };

    int BindGuid(int at, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return raw.sqlite3_bind_blob(_statement, at, bytes);
    }

    void Check(int code)
    {
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, _database);
    }
}
