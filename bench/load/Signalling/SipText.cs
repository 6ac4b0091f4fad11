using System.Globalization;
using System.Text;

namespace TeleCube.Load.Signalling;

/// <summary>A SIP message as text. The bench has its own few lines of SIP, so that no server is measured with its own parser.</summary>
sealed class SipText(string startLine)
{
    readonly List<(string Name, string Value)> _headers = [];

    public string StartLine => startLine;

    public string Body { get; set; } = "";

    public bool IsResponse => startLine.StartsWith("SIP/2.0 ", StringComparison.Ordinal);

    public int Status => IsResponse ? int.Parse(startLine.AsSpan(8, 3), CultureInfo.InvariantCulture) : 0;

    public string Method => IsResponse ? CSeqMethod : startLine[..startLine.IndexOf(' ', StringComparison.Ordinal)];

    public string CSeqMethod => First("CSeq").Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var method] ? method : "";

    public string CallId => First("Call-ID");

    /// <summary>The branch of the topmost Via.</summary>
    public string Branch => Parameter(First("Via"), "branch");

    public static SipText? Parse(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return null;
        var lines = text[..end].Split("\r\n");
        if (lines[0].Length < 12 || !lines[0].Contains("SIP/2.0", StringComparison.Ordinal)) return null;
        var message = new SipText(lines[0]) { Body = text[(end + 4)..] };
        foreach (var line in lines.AsSpan(1))
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon) message._headers.Add((Full(line[..colon].Trim()), line[(colon + 1)..].Trim()));
        return message;
    }

    public SipText With(string name, string value)
    {
        _headers.Add((name, value));
        return this;
    }

    public SipText With(string name, IEnumerable<string> values)
    {
        foreach (var value in values) With(name, value);
        return this;
    }

    public string First(string name) => _headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "";

    public IEnumerable<string> All(string name) =>
        _headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);

    /// <summary>The response to this request, without a To tag when it has none and none is given.</summary>
    public SipText Answer(int status, string reason, string tag = "")
    {
        var to = First("To");
        return new SipText($"SIP/2.0 {status} {reason}")
            .With("Via", All("Via")).With("Record-Route", All("Record-Route")).With("From", First("From"))
            .With("To", tag.Length > 0 && Parameter(to, "tag").Length == 0 ? $"{to};tag={tag}" : to)
            .With("Call-ID", CallId).With("CSeq", First("CSeq"));
    }

    public byte[] ToBytes()
    {
        var text = new StringBuilder(startLine).Append("\r\n");
        foreach (var (name, value) in _headers) text.Append(name).Append(": ").Append(value).Append("\r\n");
        text.Append(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(Body)}\r\n\r\n{Body}");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A header parameter outside the angle brackets.</summary>
    public static string Parameter(string value, string name)
    {
        foreach (var part in value[(value.LastIndexOf('>') + 1)..].Split(';').Skip(1))
            if (part.Trim() is var parameter && parameter.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase)) return parameter[(name.Length + 1)..];
        return "";
    }

    /// <summary>The address between the angle brackets, or the bare one.</summary>
    public static string Uri(string value)
    {
        var open = value.IndexOf('<', StringComparison.Ordinal);
        if (open < 0) return value.Split(';')[0].Trim();
        return value[(open + 1)..value.IndexOf('>', open)];
    }

    static string Full(string name) => name switch
    {
        "v" => "Via",
        "f" => "From",
        "t" => "To",
        "i" => "Call-ID",
        "m" => "Contact",
        "l" => "Content-Length",
        "c" => "Content-Type",
        _ => name,
    };
}
