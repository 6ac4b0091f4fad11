using System.Text;

namespace TeleCube.Fuzz.Tests;

/// <summary>Makes new inputs of old ones: bits, bytes, slices, splices, and the words that grammars turn on.</summary>
sealed class Mutator(Random random, List<byte[]> pool)
{
    const int LongestBytes = 64 * 1024;

    static readonly byte[][] _words = [.. new[]
    {
        "\r\n", "\n", "\r", "\r\n\r\n", "\r\n ", "\t", " ", ";", ",", ":", "=", "@", "?", "&", "/", "<", ">", "\"", "\\", "\\\"", "[", "]", "%", "%00", "%4", "*", "#",
        "sip:", "sips:", "tel:", "SIP/2.0", "SIP/7.0", "[::1]", ":::", "0", "-1", "65536", "2147483648", "4294967296", "99999999999999999999", "z9hG4bK", "tag=", "lr",
        "Content-Length: ", "l:", "Via: ", "v:", "v=0\r\n", "m=audio 1 RTP/AVP 0\r\n", "a=", "c=IN IP4 0.0.0.0\r\n", "\0", "\u007f", "ż", "(", ")", "Digest ", "INVITE ",
    }.Select(Encoding.UTF8.GetBytes)];

    public byte[] Next()
    {
        var input = pool[random.Next(pool.Count)];
        for (var times = 1 + random.Next(4); times > 0; times--) input = Mutate(input);
        return input.Length > LongestBytes ? input[..LongestBytes] : input;
    }

    byte[] Mutate(byte[] input)
    {
        var at = random.Next(input.Length + 1);
        return random.Next(10) switch
        {
            0 => Change(input, at, b => (byte)(b ^ (1 << random.Next(8)))),
            1 => Change(input, at, _ => (byte)random.Next(256)),
            2 => Join(input[..at], [(byte)random.Next(256)], input[at..]),
            3 => Join(input[..at], input[Math.Min(input.Length, at + 1 + random.Next(8))..]),
            4 => input[..at],
            5 => Join(input[..at], Slice(input), input[at..]),
            6 => Join(input[..at], Slice(pool[random.Next(pool.Count)])),
            7 => Join(input[..at], Repeat(_words[random.Next(_words.Length)], 1 + random.Next(400)), input[at..]),
            _ => Join(input[..at], _words[random.Next(_words.Length)], input[at..]),
        };
    }

    byte[] Slice(byte[] input)
    {
        var from = random.Next(input.Length + 1);
        return input[from..(from + random.Next(input.Length - from + 1))];
    }

    static byte[] Change(byte[] input, int at, Func<byte, byte> change)
    {
        if (at == input.Length) return input;
        var copy = (byte[])input.Clone();
        copy[at] = change(copy[at]);
        return copy;
    }

    static byte[] Repeat(byte[] word, int times) => [.. Enumerable.Repeat(word, times).SelectMany(w => w)];

    static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(p => p)];
}
