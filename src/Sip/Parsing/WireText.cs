using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using TeleCube.Sip.Headers;

namespace TeleCube.Sip.Parsing;

/// <summary>Between text and the wire: UTF-8 both ways, and the writers that all headers share.</summary>
public static class WireText
{
    const int StackBytes = 512;

    /// <summary>A header value from text, for our own constants and for tests; what cannot be read is a bug and throws.</summary>
    public static T Parse<T>(string text) where T : ISipHeaderValue<T> =>
        TryParse<T>(text, out var value) ? value : throw new FormatException($"'{text}' is not a {typeof(T).Name}");

    public static bool TryParse<T>(string? text, [MaybeNullWhen(false)] out T value) where T : ISipHeaderValue<T>
    {
        value = default;
        if (text is null) return false;
        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = longest <= StackBytes ? stackalloc byte[StackBytes] : new byte[longest];
        return T.TryParse(bytes[..Encoding.UTF8.GetBytes(text, bytes)], out value);
    }

    /// <summary>The wire form of a value as text.</summary>
    public static string Of<T>(T value) where T : ISipHeaderValue<T>
    {
        using var output = new WireBuffer(128);
        value.WriteTo(output);
        return Encoding.UTF8.GetString(output.Written);
    }

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> bytes) => bytes.Trim(" \t"u8);

    public static void WriteText(this IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);

    public static void WriteByte(this IBufferWriter<byte> output, byte character)
    {
        output.GetSpan(1)[0] = character;
        output.Advance(1);
    }

    public static void WriteNumber(this IBufferWriter<byte> output, long number)
    {
        Utf8Formatter.TryFormat(number, output.GetSpan(20), out var written);
        output.Advance(written);
    }

    /// <summary>An IPv6 address goes in brackets.</summary>
    public static void WriteHost(this IBufferWriter<byte> output, string host, int? port = null)
    {
        var brackets = host.Contains(':');
        if (brackets) output.WriteByte((byte)'[');
        output.WriteText(host);
        if (brackets) output.WriteByte((byte)']');
        if (port is not { } number) return;
        output.WriteByte((byte)':');
        output.WriteNumber(number);
    }

    /// <summary>
    /// quoted-string (RFC 3261 §25.1); a line break inside would start a header of its own, so control characters become blanks.
    /// </summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\');
            quoted.Append(char.IsControl(c) ? ' ' : c);
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>Undoes the quoted-pairs of what stands between the quotes.</summary>
    public static string Unquote(ReadOnlySpan<byte> inner)
    {
        if (!inner.Contains((byte)'\\')) return Text(inner);
        var bytes = new byte[inner.Length];
        var length = 0;
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == (byte)'\\' && i + 1 < inner.Length) i++;
            bytes[length++] = inner[i];
        }
        return Text(bytes.AsSpan(0, length));
    }

    /// <summary>
    /// Bytes of one header value; what would end the line early becomes a blank, so that no caller can smuggle in a header.
    /// </summary>
    internal static byte[] OneLine(string text) => OneLine(Encoding.UTF8.GetBytes(text));

    internal static byte[] OneLine(byte[] bytes)
    {
        bytes.AsSpan().Replace((byte)'\r', (byte)' ');
        bytes.AsSpan().Replace((byte)'\n', (byte)' ');
        return bytes;
    }
}
