namespace TeleCube.Media.Codecs;

/// <summary>ITU-T G.711: A-law and µ-law by table, and the conversion between them.</summary>
public static class G711
{
    /// <summary>The code of silence in each law.</summary>
    public const byte ALawSilence = 0xD5, MuLawSilence = 0xFF;

    static readonly short[] ALawToLinear = Fill(256, i => ExpandALaw((byte)i));
    static readonly short[] MuLawToLinear = Fill(256, i => ExpandMuLaw((byte)i));
    static readonly byte[] LinearToALaw = Fill(65536, i => CompressALaw((short)i));
    static readonly byte[] LinearToMuLaw = Fill(65536, i => CompressMuLaw((short)i));
    static readonly byte[] ALawToMuLaw = Fill(256, i => CompressMuLaw(ExpandALaw((byte)i)));
    static readonly byte[] MuLawToALaw = Fill(256, i => CompressALaw(ExpandMuLaw((byte)i)));

    public static short FromALaw(byte code) => ALawToLinear[code];

    public static short FromMuLaw(byte code) => MuLawToLinear[code];

    public static byte ToALaw(short sample) => LinearToALaw[(ushort)sample];

    public static byte ToMuLaw(short sample) => LinearToMuLaw[(ushort)sample];

    public static void ALawToMuLawInPlace(Span<byte> codes) => Translate(codes, ALawToMuLaw);

    public static void MuLawToALawInPlace(Span<byte> codes) => Translate(codes, MuLawToALaw);

    /// <summary>One table look-up per sample: the oracle of the vector version.</summary>
    public static void DecodeALaw(ReadOnlySpan<byte> codes, Span<short> samples)
    {
        for (var i = 0; i < codes.Length; i++) samples[i] = ALawToLinear[codes[i]];
    }

    public static void DecodeMuLaw(ReadOnlySpan<byte> codes, Span<short> samples)
    {
        for (var i = 0; i < codes.Length; i++) samples[i] = MuLawToLinear[codes[i]];
    }

    public static void EncodeALaw(ReadOnlySpan<short> samples, Span<byte> codes)
    {
        for (var i = 0; i < samples.Length; i++) codes[i] = LinearToALaw[(ushort)samples[i]];
    }

    public static void EncodeMuLaw(ReadOnlySpan<short> samples, Span<byte> codes)
    {
        for (var i = 0; i < samples.Length; i++) codes[i] = LinearToMuLaw[(ushort)samples[i]];
    }

    static void Translate(Span<byte> codes, byte[] table)
    {
        foreach (ref var code in codes) code = table[code];
    }

    // G.711 table 1: 13-bit magnitude, even bits inverted (0x55), the sign bit set for positive.
    static short ExpandALaw(byte code)
    {
        var value = code ^ 0x55;
        var segment = (value & 0x70) >> 4;
        var magnitude = ((value & 0x0F) << 4) + 8;
        if (segment > 0) magnitude = (magnitude + 0x100) << (segment - 1);
        return (short)((value & 0x80) != 0 ? magnitude : -magnitude);
    }

    // G.711 table 2: 14-bit magnitude, biased by 33 (132 in 16 bits), all bits inverted.
    static short ExpandMuLaw(byte code)
    {
        var value = ~code & 0xFF;
        var magnitude = ((((value & 0x0F) << 3) + 0x84) << ((value & 0x70) >> 4)) - 0x84;
        return (short)((value & 0x80) != 0 ? -magnitude : magnitude);
    }

    static byte CompressALaw(short sample)
    {
        var mask = sample >= 0 ? 0xD5 : 0x55;
        var magnitude = (sample >= 0 ? sample : -sample - 1) >> 4; // one's complement, 12 bits: ITU-T G.191
        var segment = 0;
        for (var rest = magnitude >> 5; rest != 0; rest >>= 1) segment++; // the two lowest segments share a step
        var code = segment == 0 ? magnitude : ((segment + 1) << 4) | ((magnitude >> segment) & 0x0F);
        return (byte)(code ^ mask);
    }

    static byte CompressMuLaw(short sample)
    {
        const int Bias = 33, Clip = 0x1FFF;
        var mask = sample < 0 ? 0x7F : 0xFF;
        var magnitude = Math.Min(((sample < 0 ? ~sample : sample) >> 2) + Bias, Clip); // 14 bits: ITU-T G.191
        var segment = 0;
        for (var rest = magnitude >> 6; rest != 0; rest >>= 1) segment++;
        return (byte)(((segment << 4) | ((magnitude >> (segment + 1)) & 0x0F)) ^ mask);
    }

    static T[] Fill<T>(int count, Func<int, T> value)
    {
        var table = new T[count];
        for (var i = 0; i < count; i++) table[i] = value(i);
        return table;
    }
}
