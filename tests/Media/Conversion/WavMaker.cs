using System.Buffers.Binary;

namespace TeleCube.Media.Tests.Conversion;

/// <summary>Writes WAV files of every kind, also wrong ones; independent of the product's reader.</summary>
sealed class WavMaker
{
    readonly Dictionary<short, byte> _codes = []; // the formula is slow, a tone has few values

    public int RateHz { get; init; } = 44_100;

    public int Channels { get; init; } = 1;

    public string Encoding { get; init; } = "pcm";

    public int Bits { get; init; } = 16;

    public bool Extensible { get; init; }

    /// <summary>A sine on each channel, at that level of full scale.</summary>
    public byte[] Sine(double hz, double seconds = 1, double levelDb = -10) =>
        File(Enumerable.Range(0, (int)(seconds * RateHz)).Select(i => Math.Pow(10, levelDb / 20) * Math.Sin(2 * Math.PI * hz * i / RateHz)));

    /// <summary>The same samples on all channels.</summary>
    public byte[] File(IEnumerable<double> samples)
    {
        using var data = new MemoryStream();
        foreach (var sample in samples)
            for (var channel = 0; channel < Channels; channel++) data.Write(Write(sample));
        return WithData(data.ToArray());
    }

    public byte[] WithData(byte[] data)
    {
        using var file = new MemoryStream();
        file.Write("RIFF\0\0\0\0WAVE"u8);
        Chunk(file, "LIST", "INFOodd"u8.ToArray()); // players put such things in front; of odd length, so padded
        Chunk(file, "fmt ", Format());
        Chunk(file, "data", data);
        var bytes = file.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        return bytes;
    }

    static void Chunk(MemoryStream file, string name, byte[] body)
    {
        file.Write(System.Text.Encoding.ASCII.GetBytes(name));
        file.Write(BitConverter.GetBytes(body.Length));
        file.Write(body);
        if (body.Length % 2 == 1) file.WriteByte(0);
    }

    byte[] Format()
    {
        var tag = (ushort)(Encoding switch { "pcm" => 1, "float" => 3, "alaw" => 6, _ => 7 });
        var frame = Channels * ((Bits + 7) / 8);
        using var chunk = new MemoryStream();
        using var to = new BinaryWriter(chunk);
        to.Write(Extensible ? (ushort)0xFFFE : tag);
        to.Write((ushort)Channels);
        to.Write(RateHz);
        to.Write(RateHz * frame);
        to.Write((ushort)frame);
        to.Write((ushort)Bits);
        if (!Extensible) return chunk.ToArray();
        to.Write((ushort)22);
        to.Write((ushort)Bits);
        to.Write(0);
        to.Write(tag);
        to.Write(Convert.FromHexString("000000001000800000AA00389B71"));
        return chunk.ToArray();
    }

    byte[] Write(double sample) => (Encoding, (Bits + 7) / 8) switch
    {
        ("alaw", _) => [Code(Short(sample), TeleCube.Tests.Support.Tones.ToALaw)],
        ("mulaw", _) => [Code(Short(sample), TeleCube.Tests.Support.Tones.ToMuLaw)],
        ("float", 4) => BitConverter.GetBytes((float)sample),
        ("float", _) => BitConverter.GetBytes(sample),
        (_, 1) => [(byte)(128 + Math.Round(sample * 127))],
        (_, 2) => BitConverter.GetBytes(Short(sample)),
        (_, 3) => BitConverter.GetBytes((int)(sample * int.MaxValue))[1..],
        _ => BitConverter.GetBytes((int)(sample * int.MaxValue)),
    };

    byte Code(short sample, Func<short, byte> code) => _codes.TryGetValue(sample, out var known) ? known : _codes[sample] = code(sample);

    static short Short(double sample) => (short)Math.Round(sample * short.MaxValue);
}
