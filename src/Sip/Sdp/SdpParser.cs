using System.Globalization;
using System.Text;

namespace TeleCube.Sip.Sdp;

/// <summary>
/// Text to <see cref="SessionDescription"/>; never throws. The order of lines is not enforced beyond session before media.
/// </summary>
public sealed class SdpParser
{
    const int MaxLines = 2000;
    const int MaxFormats = 128; // RTP has no more payload types

    readonly List<MediaDescription> _media = [];
    readonly List<SdpLine> _others = [];
    readonly List<SdpAttribute> _attributes = [];
    readonly List<string> _times = [];
    SdpOrigin? _origin;
    SdpConnection? _connection;
    string _name = "-";
    MediaDescription? _current;
    SdpConnection? _sessionConnection;
    SdpAttributes _sessionAttributes = SdpAttributes.Empty;
    SdpLine[] _sessionOthers = [];

    SdpParser()
    {
    }

    public static SdpParseResult Parse(ReadOnlySpan<byte> text, out SessionDescription? session)
    {
        session = null;
        var parser = new SdpParser();
        var number = 0;
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range].TrimEnd("\r\0 "u8);
            number++;
            if (line.IsEmpty) continue;
            if (number > MaxLines) return new(SdpParseReason.TooManyLines, number);
            if (line.Length < 2 || line[1] != (byte)'=' || !char.IsAsciiLetterLower((char)line[0])) return new(SdpParseReason.BadLine, number);
            if (number == 1 && line[0] != (byte)'v') return new(SdpParseReason.BadVersion, number);
            var reason = parser.Take((char)line[0], Encoding.UTF8.GetString(line[2..]).Replace('\r', ' '));
            if (reason is not SdpParseReason.None) return new(reason, number);
        }
        var fault = parser.Finish(out session);
        return fault is SdpParseReason.None ? SdpParseResult.Complete : new(fault, number);
    }

    SdpParseReason Take(char type, string value)
    {
        switch (type)
        {
            case 'v': return value == "0" ? SdpParseReason.None : SdpParseReason.BadVersion;
            case 'o': return (_origin = SdpOrigin.Parse(value)) is null ? SdpParseReason.BadOrigin : SdpParseReason.None;
            case 's': _name = value; break;
            case 'c': return TakeConnection(value);
            case 't' when _current is null: _times.Add(value); break;
            case 'a': _attributes.Add(SdpAttribute.Of(value)); break;
            case 'm': return TakeMedia(value);
            default: _others.Add(new(type, value)); break;
        }
        return SdpParseReason.None;
    }

    // More than one c= in a medium is for layered multicast; the first one is where we send.
    SdpParseReason TakeConnection(string value)
    {
        var connection = SdpConnection.Parse(value);
        _connection ??= connection;
        return connection is null ? SdpParseReason.BadConnection : SdpParseReason.None;
    }

    // m=audio 49170/2 RTP/AVP 0 8
    SdpParseReason TakeMedia(string value)
    {
        CloseSection();
        var words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is < 4 or > 3 + MaxFormats) return SdpParseReason.BadMedia;
        var ports = words[1].Split('/');
        var count = 1;
        if (!TryPort(ports[0], out var port) || ports.Length > 2) return SdpParseReason.BadMedia;
        if (ports.Length == 2 && !TryPort(ports[1], out count)) return SdpParseReason.BadMedia;
        _current = new(words[0], port, words[2], words[3..]) { PortCount = Math.Max(1, count) };
        return SdpParseReason.None;
    }

    void CloseSection()
    {
        if (_current is null)
        {
            _sessionConnection = _connection;
            _sessionAttributes = SdpAttributes.Of(_attributes);
            _sessionOthers = SdpWriter.InOrder(_others, ofMedia: false);
        }
        else
        {
            _media.Add(_current with
            {
                Connection = _connection,
                Attributes = SdpAttributes.Of(_attributes),
                OtherLines = SdpWriter.InOrder(_others, ofMedia: true),
            });
        }
        _connection = null;
        _attributes.Clear();
        _others.Clear();
    }

    SdpParseReason Finish(out SessionDescription? session)
    {
        session = null;
        CloseSection();
        if (_origin is null) return SdpParseReason.MissingOrigin;
        if (_sessionConnection is null && _media.Exists(m => m.Connection is null && !m.IsRefused)) return SdpParseReason.MissingConnection;
        session = new(_origin)
        {
            Name = _name,
            Connection = _sessionConnection,
            Times = _times.Count == 0 ? ["0 0"] : [.. _times],
            OtherLines = _sessionOthers,
            Attributes = _sessionAttributes,
            Media = [.. _media],
        };
        return SdpParseReason.None;
    }

    static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= ushort.MaxValue;
}
