using System.Globalization;
using System.Text;

namespace TeleCube.Sip.Sdp;

/// <summary>Writes a description with its lines in the order that RFC 8866 §5 lays down.</summary>
static class SdpWriter
{
    const string SessionOrder = "iuepbrz";
    const string MediaOrder = "ib";

    /// <summary>
    /// The lines that are only carried along, in the order in which they are written; those with no place of their own come last.
    /// </summary>
    public static SdpLine[] InOrder(IEnumerable<SdpLine> lines, bool ofMedia)
    {
        var order = ofMedia ? MediaOrder : SessionOrder;
        return [.. lines.OrderBy(line => (uint)order.IndexOf(line.Type, StringComparison.Ordinal))];
    }

    public static string Write(SessionDescription session)
    {
        var text = new StringBuilder(512);
        Line(text, 'v', "0");
        Line(text, 'o', session.Origin.ToString());
        Line(text, 's', session.Name.Length == 0 ? " " : session.Name);
        Others(text, session.OtherLines, "iuep");
        if (session.Connection is { } connection) Line(text, 'c', connection.ToString());
        Others(text, session.OtherLines, "b");
        foreach (var time in session.Times) Line(text, 't', time);
        Others(text, session.OtherLines, "rz");
        Rest(text, session.OtherLines, SessionOrder);
        foreach (var attribute in session.Attributes) Line(text, 'a', attribute.ToString());
        foreach (var media in session.Media) Write(text, media);
        return text.ToString();
    }

    static void Write(StringBuilder text, MediaDescription media)
    {
        var port = media.Port.ToString(CultureInfo.InvariantCulture) + (media.PortCount > 1 ? $"/{media.PortCount}" : "");
        Line(text, 'm', $"{media.Kind} {port} {media.Protocol} {string.Join(' ', media.Formats)}");
        Others(text, media.OtherLines, "i");
        if (media.Connection is { } connection) Line(text, 'c', connection.ToString());
        Others(text, media.OtherLines, "b");
        Rest(text, media.OtherLines, MediaOrder);
        foreach (var attribute in media.Attributes) Line(text, 'a', attribute.ToString());
    }

    static void Others(StringBuilder text, IReadOnlyList<SdpLine> lines, string types)
    {
        foreach (var type in types)
            foreach (var line in lines)
                if (line.Type == type) Line(text, type, line.Value);
    }

    static void Rest(StringBuilder text, IReadOnlyList<SdpLine> lines, string written)
    {
        foreach (var line in lines)
            if (!written.Contains(line.Type)) Line(text, line.Type, line.Value);
    }

    // What would end the line early becomes a blank, so that no value can smuggle in a line.
    static void Line(StringBuilder text, char type, string value) =>
        text.Append(type).Append('=').Append(value.Replace('\r', ' ').Replace('\n', ' ')).Append("\r\n");
}
