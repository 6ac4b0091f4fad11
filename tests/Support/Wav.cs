using System.Buffers.Binary;

namespace TeleCube.Tests.Support;

/// <summary>WAV files as tests write and read them; independent of the product's.</summary>
public static class Wav
{
    public static byte[] Pcm(short[] samples)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("RIFF"u8);
        writer.Write(36 + samples.Length * 2);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(8000);
        writer.Write(16000);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(samples.Length * 2);
        foreach (var sample in samples) writer.Write(sample);
        return file.ToArray();
    }

    /// <summary>The channels of an A-law or 16-bit PCM file, by its header.</summary>
    public static short[][] Read(byte[] file)
    {
        var format = BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(20));
        var channels = BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(22));
        var data = file.AsSpan().IndexOf("data"u8);
        var bytes = file.AsSpan(data + 8, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(data + 4))).ToArray();
        var samples = format == 6
            ? bytes.Select(Tones.FromALaw).ToArray()
            : Enumerable.Range(0, bytes.Length / 2).Select(i => BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(2 * i))).ToArray();
        return [.. Enumerable.Range(0, channels).Select(side => samples.Where((_, i) => i % channels == side).ToArray())];
    }
}
