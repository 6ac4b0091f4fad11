using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TeleCube.Media.Codecs;

/// <summary>
/// Batch A-law for mixing and files, arithmetic instead of tables; <see cref="G711"/> finishes the rest and is its oracle (bench/Micro, G711Bench).
/// </summary>
public static class G711Vector
{
    // 2^(segment - 1), and 1 for the linear segment.
    static readonly Vector128<byte> Steps = Vector128.Create((byte)1, 1, 2, 4, 8, 16, 32, 64, 0, 0, 0, 0, 0, 0, 0, 0);

    public static void DecodeALaw(ReadOnlySpan<byte> codes, Span<short> samples)
    {
        var done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref var from = ref MemoryMarshal.GetReference(codes);
            ref var to = ref MemoryMarshal.GetReference(samples[..codes.Length]);
            for (; done + 16 <= codes.Length; done += 16)
                Decode(Vector128.LoadUnsafe(ref from, (nuint)done)).StoreUnsafe(ref to, (nuint)done);
        }
        G711.DecodeALaw(codes[done..], samples[done..]);
    }

    public static void EncodeALaw(ReadOnlySpan<short> samples, Span<byte> codes)
    {
        var done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref var from = ref MemoryMarshal.GetReference(samples);
            ref var to = ref MemoryMarshal.GetReference(codes[..samples.Length]);
            for (; done + 32 <= samples.Length; done += 32)
            {
                var low = Encode(Vector256.LoadUnsafe(ref from, (nuint)done));
                var high = Encode(Vector256.LoadUnsafe(ref from, (nuint)done + 16));
                Vector256.Narrow(low, high).StoreUnsafe(ref to, (nuint)done);
            }
        }
        G711.EncodeALaw(samples[done..], codes[done..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<short> Decode(Vector128<byte> codes)
    {
        var values = codes ^ Vector128.Create((byte)0x55);
        var segments = (values >>> 4) & Vector128.Create((byte)7);
        var steps = Wide(Vector128.Shuffle(Steps, segments));
        var leadingOne = Vector256.AndNot(Vector256.Create((short)0x100), Vector256.Equals(Wide(segments), Vector256<short>.Zero));
        var mantissas = (Wide(values & Vector128.Create((byte)0x0F)) << 4) + Vector256.Create((short)8) + leadingOne;
        var magnitudes = mantissas * steps;
        var negative = Vector256.Equals(Wide(values & Vector128.Create((byte)0x80)), Vector256<short>.Zero);
        return (magnitudes ^ negative) - negative;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<ushort> Encode(Vector256<short> samples)
    {
        var negative = samples >> 15;
        var magnitudes = (samples ^ negative) >> 4; // one's complement, as in G711
        var (mantissas, segments) = (magnitudes, Vector256<short>.Zero);
        // Unrolled: shifts by constants are what makes this faster than the table.
        Reach(15, 0, magnitudes, ref mantissas, ref segments);
        Reach(31, 1, magnitudes, ref mantissas, ref segments);
        Reach(63, 2, magnitudes, ref mantissas, ref segments);
        Reach(127, 3, magnitudes, ref mantissas, ref segments);
        Reach(255, 4, magnitudes, ref mantissas, ref segments);
        Reach(511, 5, magnitudes, ref mantissas, ref segments);
        Reach(1023, 6, magnitudes, ref mantissas, ref segments);
        var codes = (segments << 4) | (mantissas & Vector256.Create((short)0x0F));
        var sign = Vector256.AndNot(Vector256.Create((short)0x80), negative);
        return ((codes ^ Vector256.Create((short)0x55)) ^ sign).AsUInt16();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Reach(short above, int shift, Vector256<short> magnitudes, ref Vector256<short> mantissas, ref Vector256<short> segments)
    {
        var reached = Vector256.GreaterThan(magnitudes, Vector256.Create(above));
        mantissas = Vector256.ConditionalSelect(reached, magnitudes >> shift, mantissas);
        segments -= reached;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<short> Wide(Vector128<byte> bytes) => Vector256.WidenLower(bytes.ToVector256()).AsInt16();
}
