using System.Runtime.InteropServices;

namespace TeleCube.Storage;

/// <summary>The drivers take arrays.</summary>
static class Payload
{
    /// <summary>The array behind the memory when it is exactly that, else a copy.</summary>
    public static byte[] Array(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Array is { } array && array.Length == segment.Count ? array : bytes.ToArray();
}
