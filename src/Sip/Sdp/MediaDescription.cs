using System.Globalization;

namespace TeleCube.Sip.Sdp;

/// <summary>
/// m=media port[/number] proto fmt… and the lines below it (RFC 8866 §5.14). Immutable; what we do not know is carried along.
/// </summary>
public sealed record MediaDescription(string Kind, int Port, string Protocol, IReadOnlyList<string> Formats)
{
    /// <summary>Ports in use, more than one for layered streams only.</summary>
    public int PortCount { get; init; } = 1;

    /// <summary>Null if the session's own holds.</summary>
    public SdpConnection? Connection { get; init; }

    /// <summary>i=, b= and k= lines.</summary>
    public IReadOnlyList<SdpLine> OtherLines { get; init; } = [];

    public SdpAttributes Attributes { get; init; } = SdpAttributes.Empty;

    public bool IsAudio => Kind == "audio";

    /// <summary>Port 0: refused, or ended (RFC 3264 §6, §8.2).</summary>
    public bool IsRefused => Port == 0;

    /// <summary>SRTP is a must on this line.</summary>
    public bool IsSecure => Protocol.Contains("SAVP", StringComparison.OrdinalIgnoreCase);

    /// <summary>The line's own direction; null if the session's holds.</summary>
    public SdpDirection? Direction
    {
        get
        {
            foreach (var attribute in Attributes)
                if (SdpDirections.Of(attribute.Name) is { } direction) return direction;
            return null;
        }
    }

    /// <summary>The formats in their order, with rtpmap and fmtp; those that say nothing of themselves are left out.</summary>
    public IReadOnlyList<SdpCodec> Codecs
    {
        get
        {
            var maps = Attributes.All("rtpmap").Select(SdpCodec.ParseRtpMap).OfType<SdpCodec>().ToList();
            var codecs = new List<SdpCodec>(Formats.Count);
            foreach (var format in Formats)
            {
                if (!int.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out var type)) continue;
                var codec = maps.Find(m => m.PayloadType == type) ?? SdpCodec.Static(type);
                if (codec is not null) codecs.Add(codec with { Format = FormatOf(format) ?? codec.Format });
            }
            return codecs;
        }
    }

    public TimeSpan? PacketTime =>
        double.TryParse(Attributes["ptime"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ms) && ms is > 0 and <= 1000
            ? TimeSpan.FromMilliseconds(ms)
            : null;

    public IReadOnlyList<SdpCrypto> Cryptos => [.. Attributes.All("crypto").Select(SdpCrypto.Parse).OfType<SdpCrypto>()];

    public bool RtcpMux => Attributes.Has("rtcp-mux");

    /// <summary>a=rtcp (RFC 3605): the port of RTCP where it is not the next one.</summary>
    public int? RtcpPort =>
        Attributes["rtcp"] is { } rtcp && int.TryParse(rtcp.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port <= ushort.MaxValue ? port : null;

    public string? Mid => Attributes["mid"];

    public MediaDescription WithPort(int port) => this with { Port = port };

    public MediaDescription WithConnection(SdpConnection? connection) => this with { Connection = connection };

    public MediaDescription WithDirection(SdpDirection direction)
    {
        var others = SdpAttributes.Of(Attributes.Where(a => SdpDirections.Of(a.Name) is null));
        return this with { Attributes = others.Add(direction.Text()) };
    }

    public MediaDescription WithAttribute(string name, string? value = null) => this with { Attributes = Attributes.With(name, value) };

    public MediaDescription WithoutAttribute(string name) => this with { Attributes = Attributes.Without(name) };

    /// <summary>These codecs and no others, each with its rtpmap and fmtp.</summary>
    public MediaDescription WithCodecs(IReadOnlyList<SdpCodec> codecs)
    {
        var attributes = Attributes.Without("rtpmap").Without("fmtp");
        foreach (var codec in codecs)
        {
            attributes = attributes.Add("rtpmap", codec.RtpMap);
            if (codec.Format is not null) attributes = attributes.Add("fmtp", $"{codec.PayloadType} {codec.Format}");
        }
        return this with { Formats = [.. codecs.Select(c => c.PayloadType.ToString(CultureInfo.InvariantCulture))], Attributes = attributes };
    }

    /// <summary>The answer to a medium that is not wanted (RFC 3264 §6): the same line, port 0, its mid.</summary>
    public MediaDescription Refused()
    {
        var refused = new MediaDescription(Kind, 0, Protocol, Formats);
        return Mid is { } mid ? refused.WithAttribute("mid", mid) : refused;
    }

    public bool Equals(MediaDescription? other) =>
        other is not null && Kind == other.Kind && Port == other.Port && PortCount == other.PortCount && Protocol == other.Protocol
        && Formats.SequenceEqual(other.Formats) && Connection == other.Connection
        && OtherLines.SequenceEqual(other.OtherLines) && Attributes.Equals(other.Attributes);

    public override int GetHashCode() => HashCode.Combine(Kind, Port, Protocol, Formats.Count);

    string? FormatOf(string format)
    {
        foreach (var value in Attributes.All("fmtp"))
            if (value.StartsWith(format, StringComparison.Ordinal) && value.Length > format.Length && value[format.Length] == ' ')
                return value[(format.Length + 1)..].Trim();
        return null;
    }
}
