using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace TeleCube.Actors.Calls.Timeline;

/// <summary>
/// The SIP messages of one call, one behind the other as UTF-8. They repeat each other line by line (the same From, the same Allow), so what was there before
/// is kept as a reference to it: they are most of what a call that talks holds in memory.
/// </summary>
sealed class KeptMessages
{
    const byte Reference = 0xFF; // no byte of UTF-8; an offset of three bytes and a length of two follow
    const int ReferenceBytes = 6;
    const int Spare = 128;

    /// <summary>What a peer can make us keep, and look through, is bounded: a longer message is cut, and when all is full nothing is added.</summary>
    const int MostOfOne = 8 * 1024, MostOfAll = 256 * 1024, MostSearched = 16 * 1024;

    byte[] _bytes = [];
    int _length;

    /// <summary>What all of them take.</summary>
    public int Bytes => _bytes.Length;

    /// <summary>Where the message begins and ends.</summary>
    public (int Start, int End) Add(string message)
    {
        if (_length > MostOfAll) return (_length, _length);
        if (message.Length > MostOfOne) message = string.Concat(message.AsSpan(0, MostOfOne), $"\r\n… {message.Length - MostOfOne} characters more");
        var text = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(message.Length));
        var start = _length;
        var left = text.AsSpan(0, Encoding.UTF8.GetBytes(message, text));
        while (!left.IsEmpty)
        {
            var line = FirstLine(left);
            var before = _bytes.AsSpan(0, Math.Min(start, MostSearched));
            if (line.Length > ReferenceBytes && before.IndexOf(line) is >= 0 and var found)
            {
                var length = Math.Min(left.CommonPrefixLength(before[found..]), ushort.MaxValue);
                Refer(found, length);
                left = left[length..];
            }
            else
            {
                line.CopyTo(Room(line.Length));
                left = left[line.Length..];
            }
        }

        ArrayPool<byte>.Shared.Return(text);
        return (start, _length);
    }

    public string Read(int start, int end)
    {
        var text = new ArrayBufferWriter<byte>();
        for (var kept = _bytes.AsSpan(start, end - start); !kept.IsEmpty;)
        {
            var literal = kept.IndexOf(Reference);
            if (literal < 0) literal = kept.Length;
            text.Write(kept[..literal]);
            kept = kept[literal..];
            if (kept.IsEmpty) break;
            var (offset, length) = ((int)(BinaryPrimitives.ReadUInt32BigEndian(kept) & 0xFFFFFF), BinaryPrimitives.ReadUInt16BigEndian(kept[4..]));
            text.Write(_bytes.AsSpan(offset, length));
            kept = kept[ReferenceBytes..];
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    static Span<byte> FirstLine(Span<byte> text) => text.IndexOf((byte)'\n') is >= 0 and var end ? text[..(end + 1)] : text;

    void Refer(int offset, int length)
    {
        var room = Room(ReferenceBytes);
        BinaryPrimitives.WriteUInt32BigEndian(room, (uint)Reference << 24 | (uint)offset);
        BinaryPrimitives.WriteUInt16BigEndian(room[4..], (ushort)length);
    }

    /// <summary>Grows by no more than is needed: a call keeps it for as long as it talks.</summary>
    Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _length < bytes) Array.Resize(ref _bytes, _length + bytes + Spare);
        _length += bytes;
        return _bytes.AsSpan(_length - bytes, bytes);
    }
}
