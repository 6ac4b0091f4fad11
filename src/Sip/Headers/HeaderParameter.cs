using System.Buffers;
using System.Text;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>
/// generic-param = token [ EQUAL ( token / host / quoted-string ) ] (RFC 3261 §25.1); the value is kept in its wire form.
/// </summary>
public readonly record struct HeaderParameter(string Name, string? Value)
{
    // The names of nearly all traffic; one string for each instead of one per message.
    static readonly string[] _common =
        ["branch", "rport", "received", "tag", "lr", "transport", "user", "expires", "q", "ob",
         "alias", "cause", "text", "refresher", "method", "maddr", "ttl"];

    public bool IsNamed(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    public static bool TryRead(ref SipReader reader, out HeaderParameter parameter)
    {
        parameter = default;
        if (!reader.TryReadToken(out var name)) return false;
        string? value = null;
        if (reader.TrySkipSeparator((byte)'='))
        {
            if (reader.TryReadQuoted(out var quoted)) value = $"\"{WireText.Text(quoted)}\"";
            else if (reader.TryRead(SipChars.ParameterValue, out var bare)) value = WireText.Text(bare);
            else return false;
        }
        parameter = new(Intern(name), value);
        return true;
    }

    public void WriteTo(IBufferWriter<byte> output)
    {
        output.WriteText(Name);
        if (Value is null) return;
        output.WriteByte((byte)'=');
        output.WriteText(Value);
    }

    internal static string Intern(ReadOnlySpan<byte> name)
    {
        foreach (var known in _common)
            if (Ascii.Equals(name, known)) return known;
        return WireText.Text(name);
    }

    internal static string Unquote(string raw) =>
        raw.Length >= 2 && raw[0] == '"' ? WireText.Unquote(Encoding.UTF8.GetBytes(raw[1..^1])) : raw;

    internal static string QuoteIfNeeded(string value) =>
        value.Length > 0 && !value.AsSpan().ContainsAnyExcept(SipChars.TokenText) ? value
        : SipReader.IsIPv6(Encoding.UTF8.GetBytes(value)) ? value
        : WireText.Quote(value);
}
