using Microsoft.Data.Sqlite;

namespace TeleCube.Storage.Sqlite;

/// <summary>A prepared statement that is run again and again: parameters are bound by position, <c>@p0</c>, <c>@p1</c>, …</summary>
sealed class SqliteStatement : IDisposable
{
    readonly SqliteCommand _command;

    public SqliteStatement(SqliteConnection connection, string sql, int parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        for (var i = 0; i < parameters; i++) _command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{i}" });
        _command.Prepare();
    }

    public int Execute(params ReadOnlySpan<object?> values) => Bound(values).ExecuteNonQuery();

    public object? Scalar(params ReadOnlySpan<object?> values) => Bound(values).ExecuteScalar();

    public SqliteDataReader Read(params ReadOnlySpan<object?> values) => Bound(values).ExecuteReader();

    public void Dispose() => _command.Dispose();

    SqliteCommand Bound(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) _command.Parameters[i].Value = SqliteValue.Of(values[i]);
        return _command;
    }
}
