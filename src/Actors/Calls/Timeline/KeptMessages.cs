using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using TeleCube.Sip.Parsing;

namespace TeleCube.Actors.Calls.Timeline;

/// <summary>
/// The SIP messages of one call, one behind the other as UTF-8. They repeat each other line by line (the same From, the same Allow), so what was there before
/// is kept as a reference to it: they are most of what a call that talks holds in memory.
/// </summary>
sealed class KeptMessages
{
    const byte Reference = 0xFF; // no byte of UTF-8; an offset of three bytes and a length of two follow
    const int ReferenceBytes = 6;
    const int Spare = 384;

    /// <summary>What a peer can make us keep, and look through, is bounded: a longer message is cut, and when all is full nothing is added.</summary>
    const int MostOfOne = 8 * 1024, MostOfAll = 256 * 1024, MostSearched = 16 * 1024;

    byte[] _bytes = [];
    int _length;

    /// <summary>What all of them take.</summary>
    public int Bytes => _bytes.Length;

    /// <summary>Where the message begins and ends; nowhere when there is no more room. It must be UTF-8.</summary>
    public (int Start, int End) Add(ReadOnlySpan<byte> message)
    {
        if (_length > MostOfAll) return (_length, _length);
        var start = _length;
        using var packed = new WireBuffer(Math.Min(message.Length, MostOfOne) + ReferenceBytes);
        Pack(message[..BeginningOf(message, MostOfOne)], packed);
        if (message.Length > MostOfOne) packed.WriteText(string.Create(CultureInfo.InvariantCulture, $"\r\n… {message.Length - MostOfOne} characters more"));
        packed.Written.CopyTo(Room(packed.Written.Length));
        return (start, _length);
    }

    public void Read(int start, int end, IBufferWriter<byte> text)
    {
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
    }

    void Pack(ReadOnlySpan<byte> left, WireBuffer packed)
    {
        var before = _bytes.AsSpan(0, Math.Min(_length, MostSearched));
        while (!left.IsEmpty)
        {
            var line = FirstLine(left);
            if (line.Length > ReferenceBytes && before.IndexOf(line) is >= 0 and var found)
            {
                var length = Math.Min(left.CommonPrefixLength(before[found..]), ushort.MaxValue);
                Refer(found, length, packed);
                left = left[length..];
            }
            else
            {
                packed.Write(line);
                left = left[line.Length..];
            }
        }
    }

    static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> text) => text.IndexOf((byte)'\n') is >= 0 and var end ? text[..(end + 1)] : text;

    /// <summary>No more than so many bytes, and no character taken apart.</summary>
    static int BeginningOf(ReadOnlySpan<byte> text, int most)
    {
        if (text.Length <= most) return text.Length;
        while (most > 0 && (text[most] & 0xC0) == 0x80) most--;
        return most;
    }

    static void Refer(int offset, int length, WireBuffer packed)
    {
        var room = packed.GetSpan(ReferenceBytes);
        BinaryPrimitives.WriteUInt32BigEndian(room, (uint)Reference << 24 | (uint)offset);
        BinaryPrimitives.WriteUInt16BigEndian(room[4..], (ushort)length);
        packed.Advance(ReferenceBytes);
    }

    /// <summary>Grows by little more than is needed: a call keeps it for as long as it talks.</summary>
    Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _length < bytes) Array.Resize(ref _bytes, _length + bytes + Spare);
        _length += bytes;
        return _bytes.AsSpan(_length - bytes, bytes);
    }
}
