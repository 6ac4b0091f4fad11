using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>Privacy = priv-value *( ";" priv-value ) (RFC 3323 §4.2): id, header, session, user, none, critical, history.</summary>
public sealed record Privacy(IReadOnlyList<string> Values) : ISipHeader<Privacy>
{
    public Privacy(params string[] values) : this((IReadOnlyList<string>)values)
    {
    }

    /// <summary>The caller's number is not to be shown (RFC 3325 §9.3).</summary>
    public static Privacy Id => new("id");

    public static SipHeaderName HeaderName => SipHeaderName.Privacy;

    /// <summary>Someone asks for the caller's identity to be kept back, by any of the values that mean it.</summary>
    public bool HidesCaller => Has("id") || Has("user") || Has("header");

    public bool Has(string value) => Values.Contains(value, StringComparer.OrdinalIgnoreCase);

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out Privacy parsed)
    {
        parsed = null;
        var reader = new SipReader(value);
        var values = new List<string>(2);
        do
        {
            if (!reader.TryReadToken(out var token)) return false;
            values.Add(WireText.Text(token));
        }
        // Some write a list with commas instead.
        while (reader.TrySkipSeparator((byte)';') || reader.TrySkipSeparator((byte)','));
        if (!reader.TryEnd()) return false;
        parsed = new((IReadOnlyList<string>)values);
        return true;
    }

    public void WriteTo(IBufferWriter<byte> output) => output.WriteText(string.Join(';', Values));

    public bool Equals(Privacy? other) => other is not null && Values.SequenceEqual(other.Values, StringComparer.OrdinalIgnoreCase);

    public override int GetHashCode() => Values.Count;

    public override string ToString() => WireText.Of(this);
}
