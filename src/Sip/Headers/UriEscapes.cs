using System.Buffers;
using System.Globalization;
using System.Text;

namespace TeleCube.Sip.Headers;

/// <summary>escaped = "%" HEXDIG HEXDIG (RFC 3261 §25.1), over UTF-8.</summary>
static class UriEscapes
{
    public static string Escape(string text, SearchValues<char> safe)
    {
        if (!text.AsSpan().ContainsAnyExcept(safe)) return text;
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (b < 0x80 && safe.Contains((char)b)) escaped.Append((char)b);
            else escaped.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }
        return escaped.ToString();
    }

    public static string Unescape(string raw) => raw.Contains('%') ? Encoding.UTF8.GetString(Bytes(raw)) : raw;

    /// <summary>The bytes that the text stands for, one per character: what two spellings of one name have in common.</summary>
    public static string Normal(string raw) => raw.Contains('%') ? Encoding.Latin1.GetString(Bytes(raw)) : raw;

    /// <summary>Every % is followed by two hexadecimal digits.</summary>
    public static bool AreSound(ReadOnlySpan<byte> raw)
    {
        for (var at = raw.IndexOf((byte)'%'); at >= 0; at = raw.IndexOf((byte)'%'))
        {
            if (at + 2 >= raw.Length || !char.IsAsciiHexDigit((char)raw[at + 1]) || !char.IsAsciiHexDigit((char)raw[at + 2])) return false;
            raw = raw[(at + 3)..];
        }
        return true;
    }

    static byte[] Bytes(string raw)
    {
        var bytes = new List<byte>(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '%' && i + 2 < raw.Length && byte.TryParse(raw.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, null, out var b))
            {
                bytes.Add(b);
                i += 2;
            }
            else
            {
                bytes.Add((byte)raw[i]);
            }
        }
        return [.. bytes];
    }
}
