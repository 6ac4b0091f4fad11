using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace TeleCube.Kernel.Persistence;

/// <summary>
/// Event ids derive from persistence id, sequence number, epoch and attempt. The same attempt always has the same ids, so that an
/// ambiguous commit is settled by reading them back; any other attempt at the same sequence number (by another owner, by a later
/// incarnation, or with other events after a refusal) has others, so that it is never taken for one's own.
/// </summary>
public static class EventIds
{
    /// <summary>The id of one event; <paramref name="attempt"/> is when the incarnation began, in ticks, plus its count of appends.</summary>
    public static Guid Of(string persistenceId, long sequenceNr, long epoch, long attempt)
    {
        Span<byte> numbers = stackalloc byte[3 * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(numbers, sequenceNr);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[8..], epoch);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[16..], attempt);

        // 128 bits of the numbers, seeded with the name: no buffer for both is needed.
        var seed = (long)XxHash64.HashToUInt64(MemoryMarshal.AsBytes(persistenceId.AsSpan()));
        Span<byte> id = stackalloc byte[16];
        XxHash128.Hash(numbers, id, seed);
        id[6] = (byte)((id[6] & 0x0F) | 0x80); // RFC 9562 §5.8: version 8, the content is ours
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
