using System.Buffers.Binary;
using TeleCube.Media.Messages;

namespace TeleCube.Media.Recording;

/// <summary>A lock-free ring between one loop (writes) and the recording thread (reads): frames of audio with their place in time.</summary>
/// <remarks>Each side owns its own counter and only reads the other's; a stream's hand-over between loops orders the writers.</remarks>
sealed class AudioRing
{
    const int HeaderBytes = 12; // place 8, codec 2, length 2
    const int Capacity = 32 * 1024; // 3.7 s of 20 ms frames: how long a disk may stall before audio is lost

    readonly byte[] _bytes = new byte[Capacity];
    long _written, _read;

    /// <summary>False: full, the disk is too slow.</summary>
    public bool TryWrite(long place, Codec codec, ReadOnlySpan<byte> payload)
    {
        if (_written + HeaderBytes + payload.Length - Volatile.Read(ref _read) > Capacity) return false;
        Span<byte> header = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteInt64LittleEndian(header, place);
        BinaryPrimitives.WriteInt16LittleEndian(header[8..], (short)codec);
        BinaryPrimitives.WriteInt16LittleEndian(header[10..], (short)payload.Length);
        Put(_written, header);
        Put(_written + HeaderBytes, payload);
        Volatile.Write(ref _written, _written + HeaderBytes + payload.Length);
        return true;
    }

    /// <summary>The next frame's place and length, without taking it.</summary>
    public bool TryPeek(out long place, out Codec codec, out int length)
    {
        (place, codec, length) = (0, default, 0);
        if (Volatile.Read(ref _written) == _read) return false;
        Span<byte> header = stackalloc byte[HeaderBytes];
        Get(_read, header);
        place = BinaryPrimitives.ReadInt64LittleEndian(header);
        codec = (Codec)BinaryPrimitives.ReadInt16LittleEndian(header[8..]);
        length = BinaryPrimitives.ReadInt16LittleEndian(header[10..]);
        return true;
    }

    /// <summary>Takes the frame that was peeked at.</summary>
    public void Read(Span<byte> payload)
    {
        Get(_read + HeaderBytes, payload);
        Volatile.Write(ref _read, _read + HeaderBytes + payload.Length);
    }

    void Put(long at, ReadOnlySpan<byte> from)
    {
        var start = (int)(at & (Capacity - 1));
        var first = Math.Min(from.Length, Capacity - start);
        from[..first].CopyTo(_bytes.AsSpan(start));
        from[first..].CopyTo(_bytes);
    }

    void Get(long at, Span<byte> to)
    {
        var start = (int)(at & (Capacity - 1));
        var first = Math.Min(to.Length, Capacity - start);
        _bytes.AsSpan(start, first).CopyTo(to);
        _bytes.AsSpan(0, to.Length - first).CopyTo(to[first..]);
    }
}
