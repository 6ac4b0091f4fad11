using System.Buffers;
using System.Text.Json.Serialization;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>
/// SIP-URI = "sip:" [ user [ ":" password ] "@" ] host [ ":" port ] *( ";" uri-parameter ) [ "?" headers ] (RFC 3261 §19.1.1);
/// SIPS-URI alike; also tel: (RFC 3966), and any other absoluteURI kept as it came. Immutable; equal by §19.1.4.
/// </summary>
[JsonConverter(typeof(WireJsonConverter<SipUri>))]
public sealed class SipUri : ISipHeaderValue<SipUri>, IEquatable<SipUri>
{
    public SipUri(UriScheme scheme, string? user, string host, int? port = null)
    {
        Scheme = scheme;
        RawUser = user is null ? null : UriEscapes.Escape(user, SipChars.SafeInUser);
        Host = host;
        Port = port;
    }

    SipUri(SipUri other)
    {
        Scheme = other.Scheme;
        SchemeText = other.SchemeText;
        RawUser = other.RawUser;
        RawPassword = other.RawPassword;
        Host = other.Host;
        Port = other.Port;
        Parameters = other.Parameters;
        Headers = other.Headers;
        Opaque = other.Opaque;
    }

    internal SipUri()
    {
    }

    public UriScheme Scheme { get; internal init; }

    /// <summary>The scheme as it came, for one that is neither sip, sips nor tel.</summary>
    public string? SchemeText { get; internal init; }

    /// <summary>
    /// The user without escapes, parameters of a telephone-subscriber included; the number of a tel: URI; null if there is none.
    /// </summary>
    public string? User => RawUser is null ? null : UriEscapes.Unescape(RawUser);

    /// <summary>
    /// The user without the parameters that a telephone-subscriber may have: 112 of <c>sip:112;phone-context=+48@pbx;user=phone</c>
    /// (RFC 3261 §19.1.6, RFC 3966 §3).
    /// </summary>
    public string? Number => RawUser?.IndexOf(';') is >= 0 and var end ? UriEscapes.Unescape(RawUser[..end]) : User;

    public string? Password => RawPassword is null ? null : UriEscapes.Unescape(RawPassword);

    /// <summary>Without brackets; "" for tel: and foreign schemes.</summary>
    public string Host { get; internal init; } = "";

    public int? Port { get; internal init; }

    /// <summary>Values in their wire form; <see cref="Parameter"/> undoes the escapes.</summary>
    public HeaderParameters Parameters { get; internal init; } = HeaderParameters.Empty;

    public UriHeaders Headers { get; internal init; } = UriHeaders.Empty;

    /// <summary>All that follows the scheme of a foreign URI.</summary>
    public string? Opaque { get; internal init; }

    internal string? RawUser { get; init; }

    internal string? RawPassword { get; init; }

    public bool IsSip => Scheme is UriScheme.Sip or UriScheme.Sips;

    public bool IsSecure => Scheme is UriScheme.Sips;

    /// <summary>The transport parameter in lower case (udp, tcp, tls, ws); null if absent.</summary>
    public string? Transport => Parameters["transport"]?.ToLowerInvariant();

    /// <summary>A route of RFC 3261 kind (not a strict router of RFC 2543).</summary>
    public bool IsLooseRoute => Parameters.Has("lr");

    public string? Parameter(string name) => Parameters.Raw(name) is { } raw ? UriEscapes.Unescape(raw) : null;

    public static SipUri Sip(string? user, string host, int? port = null) => new(UriScheme.Sip, user, host, port);

    public static SipUri Parse(string text) => WireText.Parse<SipUri>(text);

    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out SipUri uri) =>
        WireText.TryParse(text, out uri);

    public static bool TryParse(ReadOnlySpan<byte> value, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out SipUri parsed) =>
        SipUriParser.TryParse(value, out parsed);

    public SipUri WithScheme(UriScheme scheme) => new(this) { Scheme = scheme, SchemeText = null };

    public SipUri WithUser(string? user) => new(this) { RawUser = user is null ? null : UriEscapes.Escape(user, SipChars.SafeInUser) };

    public SipUri WithPassword(string? password) =>
        new(this) { RawPassword = password is null ? null : UriEscapes.Escape(password, SipChars.SafeInPassword) };

    public SipUri WithHost(string host, int? port = null) => new(this) { Host = host, Port = port };

    public SipUri WithPort(int? port) => new(this) { Port = port };

    public SipUri WithParameter(string name, string? value = null) =>
        WithParameters(Parameters.WithRaw(name, value is null ? null : UriEscapes.Escape(value, SipChars.SafeInUriParameter)));

    public SipUri WithoutParameter(string name) => Parameters.Has(name) ? WithParameters(Parameters.Without(name)) : this;

    public SipUri WithParameters(HeaderParameters parameters) => new(this) { Parameters = parameters };

    public SipUri WithHeaders(UriHeaders headers) => new(this) { Headers = headers };

    public void WriteTo(IBufferWriter<byte> output) => SipUriWriter.Write(this, output);

    public override string ToString() => WireText.Of(this);

    public bool Equals(SipUri? other) => other is not null && (ReferenceEquals(this, other) || SipUriEquality.Equal(this, other));

    public override bool Equals(object? obj) => Equals(obj as SipUri);

    public override int GetHashCode() => SipUriEquality.Hash(this);

    public static bool operator ==(SipUri? left, SipUri? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(SipUri? left, SipUri? right) => !(left == right);
}
