using Npgsql;

namespace TeleCube.Storage.Postgres;

/// <summary>One-off statements; parameters are <c>$1</c>, <c>$2</c>, ….</summary>
static class NpgsqlConnectionExtensions
{
    public static async Task<int> Execute(this NpgsqlConnection connection, string sql, CancellationToken stop, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>
    /// For what goes through much data or waits for the transactions of others, in a session whose statement_timeout is off: the client has no time-out for
    /// it either. A connection that is dead is found out by its keep-alives.
    /// </summary>
    public static async Task<int> ExecutePatiently(this NpgsqlConnection connection, string sql, CancellationToken stop, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        command.CommandTimeout = 0;
        return await command.ExecuteNonQueryAsync(stop);
    }

    public static async Task<T?> Scalar<T>(this NpgsqlConnection connection, string sql, CancellationToken stop, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteScalarAsync(stop) is T value ? value : default;
    }

    public static Task<List<T>> Column<T>(this NpgsqlConnection connection, string sql, CancellationToken stop, params object[] values) =>
        Column<T>(Command(connection, sql, values), stop);

    /// <summary>See <see cref="ExecutePatiently"/>.</summary>
    public static Task<List<T>> ColumnPatiently<T>(this NpgsqlConnection connection, string sql, CancellationToken stop, params object[] values)
    {
        var command = Command(connection, sql, values);
        command.CommandTimeout = 0;
        return Column<T>(command, stop);
    }

    static async Task<List<T>> Column<T>(NpgsqlCommand statement, CancellationToken stop)
    {
        var list = new List<T>();
        await using var command = statement;
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) list.Add(reader.GetFieldValue<T>(0));
        return list;
    }

    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
