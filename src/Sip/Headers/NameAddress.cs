using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>( name-addr / addr-spec ) *( SEMI generic-param ) (RFC 3261 §25.1): From, To, Contact, Route and their like.</summary>
[JsonConverter(typeof(WireJsonConverter<NameAddress>))]
public sealed record NameAddress(string? DisplayName, SipUri Uri, HeaderParameters Parameters) : ISipHeaderValue<NameAddress>
{
    public NameAddress(SipUri uri) : this(null, uri, HeaderParameters.Empty)
    {
    }

    public NameAddress(string? displayName, SipUri uri) : this(displayName, uri, HeaderParameters.Empty)
    {
    }

    public string? Tag => Parameters["tag"];

    public NameAddress WithTag(string? tag) =>
        this with { Parameters = tag is null ? Parameters.Without("tag") : Parameters.With("tag", tag) };

    public NameAddress WithUri(SipUri uri) => this with { Uri = uri };

    public NameAddress WithDisplayName(string? name) => this with { DisplayName = name };

    public NameAddress WithParameter(string name, string? value = null) => this with { Parameters = Parameters.With(name, value) };

    public NameAddress WithoutParameter(string name) => this with { Parameters = Parameters.Without(name) };

    public static NameAddress Parse(string text) => WireText.Parse<NameAddress>(text);

    public static bool TryParse(string? text, [MaybeNullWhen(false)] out NameAddress address) => WireText.TryParse(text, out address);

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out NameAddress parsed)
    {
        parsed = null;
        var reader = new SipReader(value);
        reader.SkipWhitespace();
        string? name = null;
        if (!TryReadDisplayName(ref reader, ref name)) return TryParseBare(value, out parsed);
        if (!reader.TryReadTo((byte)'>', out var address) || !SipUri.TryParse(WireText.Trim(address), out var uri)) return false;
        if (!HeaderParameters.TryParse(ref reader, out var parameters)) return false;
        parsed = new(name, uri, parameters);
        return true;
    }

    // "Alice" <sip:alice@atlanta.com>;tag=1928301774
    public void WriteTo(IBufferWriter<byte> output)
    {
        if (DisplayName is not null)
        {
            output.WriteText(WireText.Quote(DisplayName));
            output.WriteByte((byte)' ');
        }
        output.WriteByte((byte)'<');
        Uri.WriteTo(output);
        output.WriteByte((byte)'>');
        Parameters.WriteTo(output);
    }

    public override string ToString() => WireText.Of(this);

    // [ display-name ] LAQUOT; without the bracket it is an addr-spec and the cursor is of no more use.
    static bool TryReadDisplayName(ref SipReader reader, ref string? name)
    {
        if (reader.TrySkip((byte)'<')) return true;
        if (reader.TryReadQuoted(out var quoted)) name = WireText.Unquote(quoted);
        else if (reader.TryRead(SipChars.DisplayName, out var bare)) name = WireText.Text(WireText.Trim(bare));
        reader.SkipWhitespace();
        return reader.TrySkip((byte)'<');
    }

    // RFC 3261 §20: without brackets what follows a semicolon belongs to the header, and a "?" or a comma is not allowed at all.
    static bool TryParseBare(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out NameAddress parsed)
    {
        parsed = null;
        var end = value.IndexOf((byte)';');
        var address = WireText.Trim(end < 0 ? value : value[..end]);
        if (address.IndexOfAny((byte)'?', (byte)',') >= 0 || !SipUri.TryParse(address, out var uri)) return false;
        var reader = new SipReader(end < 0 ? default : value[end..]);
        if (!HeaderParameters.TryParse(ref reader, out var parameters)) return false;
        parsed = new(null, uri, parameters);
        return true;
    }
}
