using Npgsql;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Storage.Postgres;

/// <summary>Reads on pooled connections. One that died in the pool is not the caller's concern: a read is tried twice.</summary>
sealed class PostgresReaders(NpgsqlDataSource database) : IAsyncDisposable
{
    public async Task<List<T>> Read<T>(string sql, Func<NpgsqlDataReader, T> row, CancellationToken stop, params object[] values)
    {
        try
        {
            return await Once(sql, row, values, stop);
        }
        catch (Exception fault) when (IsAway(fault, stop))
        {
            return await Again(sql, row, values, stop);
        }
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    async Task<List<T>> Again<T>(string sql, Func<NpgsqlDataReader, T> row, object[] values, CancellationToken stop)
    {
        try
        {
            return await Once(sql, row, values, stop);
        }
        catch (Exception fault) when (IsAway(fault, stop))
        {
            throw new StoreUnavailableException(fault.Message, fault);
        }
    }

    async Task<List<T>> Once<T>(string sql, Func<NpgsqlDataReader, T> row, object[] values, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var command = connection.Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var rows = new List<T>();
        while (await reader.ReadAsync(stop)) rows.Add(row(reader));
        return rows;
    }

    static bool IsAway(Exception fault, CancellationToken stop) => !stop.IsCancellationRequested && PostgresFault.Of(fault) is not null;
}
