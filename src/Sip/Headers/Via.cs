using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>via-parm = "SIP" SLASH "2.0" SLASH transport LWS sent-by *( SEMI via-params ) (RFC 3261 §20.42).</summary>
[JsonConverter(typeof(WireJsonConverter<Via>))]
public sealed record Via(string Transport, string Host, int? Port, HeaderParameters Parameters) : ISipHeaderValue<Via>
{
    /// <summary>What a branch of RFC 3261 begins with (§8.1.1.7).</summary>
    public const string MagicCookie = "z9hG4bK";

    public Via(string transport, string host, int? port, string branch)
        : this(transport, host, port, HeaderParameters.Empty.WithRaw("branch", branch))
    {
    }

    public string? Branch => Parameters["branch"];

    /// <summary>Without the brackets that some put around an IPv6 address here (RFC 5118 §4.5).</summary>
    public string? Received => Parameters["received"]?.Trim('[', ']');

    public string? MulticastAddress => Parameters["maddr"];

    /// <summary>The client asks for, or was given, its port (RFC 3581).</summary>
    public bool HasRPort => Parameters.Has("rport");

    public int? RPort => int.TryParse(Parameters["rport"], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

    /// <summary>The branch identifies the transaction; the bare cookie does not (RFC 4475 §3.2.1).</summary>
    public bool HasMagicCookie =>
        Branch is { } branch && branch.Length > MagicCookie.Length && branch.StartsWith(MagicCookie, StringComparison.OrdinalIgnoreCase);

    public Via WithBranch(string branch) => this with { Parameters = Parameters.With("branch", branch) };

    /// <summary>Asks for the response at the port that the request came from (RFC 3581 §3).</summary>
    public Via WithRPort() => this with { Parameters = Parameters.WithRaw("rport", null) };

    /// <summary>What the server saw (RFC 3261 §18.2.1, RFC 3581 §4): the source address and, if asked for, its port.</summary>
    public Via WithReceived(string address, int port)
    {
        var parameters = Parameters.WithRaw("received", address);
        return this with { Parameters = HasRPort ? parameters.WithRaw("rport", port.ToString(CultureInfo.InvariantCulture)) : parameters };
    }

    public static Via Parse(string text) => WireText.Parse<Via>(text);

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out Via parsed)
    {
        parsed = null;
        var reader = new SipReader(value);
        reader.SkipWhitespace();
        if (!reader.TryReadToken(out var protocol) || !Ascii.EqualsIgnoreCase(protocol, "SIP")) return false;
        if (!reader.TrySkipSeparator((byte)'/') || !reader.TryReadToken(out var version) || !version.SequenceEqual("2.0"u8)) return false;
        if (!reader.TrySkipSeparator((byte)'/') || !reader.TryReadToken(out var transport) || !reader.TrySkipWhitespace()) return false;
        if (!TryReadSentBy(ref reader, out var host, out var port)) return false;
        if (!HeaderParameters.TryParse(ref reader, out var parameters)) return false;
        parsed = new(InternTransport(transport), WireText.Text(host), port, parameters);
        return true;
    }

    // SIP/2.0/UDP pc33.atlanta.com:5060;branch=z9hG4bK776asdhds
    public void WriteTo(IBufferWriter<byte> output)
    {
        output.Write("SIP/2.0/"u8);
        output.WriteText(Transport);
        output.WriteByte((byte)' ');
        output.WriteHost(Host, Port);
        Parameters.WriteTo(output);
    }

    public override string ToString() => WireText.Of(this);

    // sent-by = host [ COLON port ], and COLON may have blanks around it.
    static bool TryReadSentBy(ref SipReader reader, out ReadOnlySpan<byte> host, out int? port)
    {
        port = null;
        if (!reader.TryReadHost(out host)) return false;
        if (!reader.TrySkipSeparator((byte)':')) return true;
        if (!reader.TryReadUInt32(out var number) || number > ushort.MaxValue) return false;
        port = (int)number;
        return true;
    }

    static string InternTransport(ReadOnlySpan<byte> transport) => transport switch
    {
        _ when transport.SequenceEqual("UDP"u8) => "UDP",
        _ when transport.SequenceEqual("TCP"u8) => "TCP",
        _ when transport.SequenceEqual("TLS"u8) => "TLS",
        _ when transport.SequenceEqual("WS"u8) => "WS",
        _ when transport.SequenceEqual("WSS"u8) => "WSS",
        _ => WireText.Text(transport),
    };
}
