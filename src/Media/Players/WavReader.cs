using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TeleCube.Media.Codecs;

namespace TeleCube.Media.Players;

/// <summary>Reads 8 kHz mono WAV (16-bit PCM, A-law or µ-law) or headerless A-law into a clip; what it can't play it names.</summary>
static class WavReader
{
    const ushort Pcm = 1, ALaw = 6, MuLaw = 7;

    /// <summary>Returns the clip, or null and why not, as a kebab-case fault.</summary>
    public static AudioClip? Read(string path, ReadOnlySpan<byte> file, out string fault)
    {
        fault = "empty-file";
        if (file.Length == 0) return null;
        if (path.EndsWith(".alaw", StringComparison.OrdinalIgnoreCase)) return new(file.ToArray());

        fault = "not-a-wav-file";
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file[8..12].SequenceEqual("WAVE"u8)) return null;
        return ReadChunks(file[12..], out fault);
    }

    static AudioClip? ReadChunks(ReadOnlySpan<byte> chunks, out string fault)
    {
        ReadOnlySpan<byte> format = default;
        while (chunks.Length >= 8)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(chunks[4..]);
            var body = chunks[8..];
            if (size < body.Length) body = body[..(int)size]; // a recorder that crashed wrote more than its header says, or less
            if (chunks[..4].SequenceEqual("fmt "u8)) format = body;
            if (chunks[..4].SequenceEqual("data"u8)) return Decode(format, body, out fault);
            var next = 8L + size + (size & 1); // chunks are padded to even lengths
            if (next > chunks.Length) break;
            chunks = chunks[(int)next..];
        }
        fault = "no-audio-in-file";
        return null;
    }

    static AudioClip? Decode(ReadOnlySpan<byte> format, ReadOnlySpan<byte> data, out string fault)
    {
        fault = "unsupported-wav-format"; // wanted: 8000 Hz, one channel, PCM 16 bit, A-law or µ-law
        if (format.Length < 16) return null;
        var tag = BinaryPrimitives.ReadUInt16LittleEndian(format);
        var channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        if (channels != 1 || rate != 8000 || bits != (tag == Pcm ? 16 : 8) || tag is not (Pcm or ALaw or MuLaw)) return null;

        fault = "empty-file";
        if (data.Length < bits / 8) return null;
        var codes = tag == Pcm ? FromPcm(data) : data.ToArray();
        if (tag == MuLaw) G711.MuLawToALawInPlace(codes);
        return new(codes);
    }

    static byte[] FromPcm(ReadOnlySpan<byte> data)
    {
        var samples = MemoryMarshal.Cast<byte, short>(data); // little-endian, as every machine that .NET runs on here
        var codes = new byte[samples.Length];
        G711Vector.EncodeALaw(samples, codes);
        return codes;
    }
}
