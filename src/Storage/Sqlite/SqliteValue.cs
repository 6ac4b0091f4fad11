namespace TeleCube.Storage.Sqlite;

/// <summary>How a value is kept in the file: times as microseconds, truths as 0 and 1, decimals as REAL (the row's JSON holds the exact one).</summary>
static class SqliteValue
{
    public static object Of(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset time => Microseconds.From(time),
        bool truth => truth ? 1L : 0L,
        decimal number => (double)number,
        Guid id => id.ToByteArray(bigEndian: true),
        ReadOnlyMemory<byte> bytes => Payload.Array(bytes),
        _ => value,
    };
}
