using System.Buffers.Binary;
using System.Text;

namespace TeleCube.Tests.Support.Audio;

/// <summary>Mono, 16 bit WAV: what phones play and record in tests.</summary>
public sealed record WavFile(int SampleRate, short[] Samples)
{
    const int HeaderBytes = 44;

    public static WavFile Sine(double hz, TimeSpan length) => new(Tones.RateHz, Tones.Sine(hz, (int)(length.TotalSeconds * Tones.RateHz)));

    public TimeSpan Length => TimeSpan.FromSeconds((double)Samples.Length / SampleRate);

    public void Save(string path)
    {
        var bytes = new byte[HeaderBytes + Samples.Length * 2];
        Encoding.ASCII.GetBytes("RIFF????WAVEfmt ").CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), 16); // length of the format chunk
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(20), 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(22), 1); // mono
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), SampleRate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(34), 16);
        Encoding.ASCII.GetBytes("data").CopyTo(bytes, 36);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), Samples.Length * 2);
        for (var i = 0; i < Samples.Length; i++) BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(HeaderBytes + i * 2), Samples[i]);
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Reads a file that may still be written to: the header's lengths are not believed.</summary>
    public static WavFile Load(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var (rate, channels, at) = (8000, 1, 12);
        while (at + 8 <= bytes.Length)
        {
            var chunk = Encoding.ASCII.GetString(bytes, at, 4);
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 4));
            at += 8;
            if (chunk == "data") break;
            if (chunk == "fmt ")
            {
                channels = BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(at + 2));
                rate = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 4));
            }
            at += length;
        }
        var samples = new short[Math.Max(0, (bytes.Length - at) / (2 * channels))];
        for (var i = 0; i < samples.Length; i++) samples[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(at + i * 2 * channels));
        return new(rate, samples);
    }

    /// <summary>What follows behind a point of time.</summary>
    public WavFile From(TimeSpan start) => this with { Samples = Samples[Math.Min(Samples.Length, (int)(start.TotalSeconds * SampleRate))..] };

    /// <summary>How long a tone stands out in all, looked at in steps of 100 ms.</summary>
    public TimeSpan Heard(double hz)
    {
        var heard = TimeSpan.Zero;
        for (var at = 0; at + Tones.RateHz / 10 <= Samples.Length; at += Tones.RateHz / 10)
        {
            if (Tones.Hears(Samples.AsSpan(at, Tones.RateHz / 10), hz)) heard += TimeSpan.FromMilliseconds(100);
        }
        return heard;
    }
}
