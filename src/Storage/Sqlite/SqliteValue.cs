using System.Runtime.InteropServices;

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
        ReadOnlyMemory<byte> bytes => Array(bytes),
        _ => value,
    };

    /// <summary>The array behind the memory when it is exactly that, else a copy.</summary>
    static byte[] Array(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Array is { } array && array.Length == segment.Count ? array : bytes.ToArray();
}
