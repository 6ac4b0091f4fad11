using System.Text;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Messages;

/// <summary>Takes bodies apart by their boundaries and puts them together (RFC 2046 §5.1, RFC 5621).</summary>
public static class MultipartBody
{
    const int MaxParts = 32;
    const int MaxDepth = 3;
    const int LongestBoundary = 70;

    static readonly MessageBody _none = new([], null);

    public static IReadOnlyList<BodyPart> Parts(SipMessage message) => Read(message).Parts;

    /// <summary>
    /// A multipart within another is opened where it holds the session description, and goes for one part else; of alternatives to the session description
    /// nothing is left, since they say the same (RFC 2046 §5.1.4).
    /// </summary>
    public static MessageBody Read(SipMessage message)
    {
        if (message.Body.IsEmpty || message.Get<ContentType>() is not { } type) return _none;
        var whole = new BodyPart(type, HeadersOfBody(message), message.Body);
        if (!type.IsMultipart) return new([whole], null);
        var parts = new List<BodyPart>(4);
        var fault = TryTakeApart(whole, 1, parts);
        return new(Opened(whole, parts, always: !type.IsOneOfMany), fault);
    }

    /// <summary>The session description, alone or within a multipart body.</summary>
    public static ReadOnlyMemory<byte>? FindSdp(SipMessage message)
    {
        if (message.Body.IsEmpty || message.Get<ContentType>() is not { } type) return null;
        if (!type.IsMultipart) return type.IsSdp ? message.Body : null;
        return Read(message).Session?.Content;
    }

    /// <summary>All of them as one body of the type multipart/mixed.</summary>
    public static void Put(SipMessage message, IReadOnlyList<BodyPart> parts)
    {
        var boundary = BoundaryOf(parts);
        using var output = new WireBuffer(1024 + parts.Sum(part => part.Length));
        foreach (var part in parts)
        {
            output.WriteText($"--{boundary}\r\n");
            part.WriteTo(output);
            output.WriteText("\r\n");
        }

        output.WriteText($"--{boundary}--\r\n");
        message.SetBody($"multipart/mixed;boundary={boundary}", output.Written.ToArray());
        message.Headers.Set(SipHeaderName.MimeVersion, "1.0");
    }

    static List<BodyPart> Opened(BodyPart whole, List<BodyPart> parts, bool always) =>
        parts.Find(part => part.IsSession) is not { } session ? (always ? parts : [whole])
        : whole.Type.IsOneOfMany ? [session]
        : parts;

    static SipRefusal? TryTakeApart(BodyPart whole, int depth, List<BodyPart> parts)
    {
        if (depth > MaxDepth) return new(400, "Multipart Is Nested Too Deep");
        if (whole.Type.Parameters["boundary"] is not { Length: > 0 } boundary) return new(400, "Multipart Without Boundary");
        if (boundary.Length > LongestBoundary) return new(400, "Multipart Boundary Is Too Long");

        var (body, delimiter) = (whole.Content, Encoding.UTF8.GetBytes("--" + boundary));
        int? begin = null;
        SipRefusal? fault = null;
        for (var at = 0; at < body.Length;)
        {
            var line = LineAt(body.Span, at, out var next);
            if (line.StartsWith(delimiter) && IsDelimiter(line[delimiter.Length..], out var closes))
            {
                if (begin is { } from) fault ??= Add(parts, body[from..Math.Max(from, EndOfLineBefore(body.Span, at))], depth);
                if (closes) return begin is null ? new(400, "Multipart Without Parts") : fault;
                begin = next;
            }

            at = next;
        }

        if (begin is not { } last) return new(400, "Multipart Boundary Is Not In The Body");
        return fault ?? Add(parts, body[last..], depth) ?? new(400, "Multipart Has No Closing Boundary");
    }

    static SipRefusal? Add(List<BodyPart> parts, ReadOnlyMemory<byte> text, int depth)
    {
        if (!TryReadHead(text, out var headers, out var content) && !TryReadHead(WithEmptyLine(text), out headers, out content))
            return new(400, "Bad Header In A Body Part");

        var type = headers.Has(SipHeaderName.ContentType) ? headers.Get<ContentType>(SipHeaderName.ContentType) : ContentType.Text;
        if (type is null) return new(400, "Bad Content-Type Of A Body Part");
        var part = new BodyPart(type, headers, content);
        if (parts.Count >= MaxParts) return new(413, "Too Many Body Parts");
        if (!type.IsMultipart)
        {
            parts.Add(part);
            return null;
        }

        var inner = new List<BodyPart>(4);
        var fault = TryTakeApart(part, depth + 1, inner);
        parts.AddRange(Opened(part, inner, always: false));
        return fault;
    }

    static bool TryReadHead(ReadOnlyMemory<byte> text, out SipHeaders headers, out ReadOnlyMemory<byte> content)
    {
        (headers, content) = (new SipHeaders(4), default);
        var head = new HeadReader(text, 0, SipParseResult.Complete);
        return head.TryRead(headers) && head.SliceBody(out content).IsComplete;
    }

    /// <summary>The line break before a delimiter is the delimiter's, so a part may end with its headers, or be nothing at all.</summary>
    static byte[] WithEmptyLine(ReadOnlyMemory<byte> text) =>
        [.. text.Span, .. text.IsEmpty || text.Span[^1] == (byte)'\n' ? "\r\n"u8 : "\r\n\r\n"u8];

    /// <summary>
    /// What stands behind the boundary: blanks, or the two hyphens that close the body. Anything else is another's boundary, which begins like ours.
    /// </summary>
    static bool IsDelimiter(ReadOnlySpan<byte> rest, out bool closes)
    {
        closes = rest.StartsWith("--"u8);
        return rest[(closes ? 2 : 0)..].TrimEnd(" \t"u8).IsEmpty;
    }

    /// <summary>Without its end, which the last line may lack.</summary>
    static ReadOnlySpan<byte> LineAt(ReadOnlySpan<byte> text, int at, out int next)
    {
        if (SipLines.TryReadLine(text, at, out var line, out next)) return text[line];
        next = text.Length;
        return text[at..];
    }

    // The line break before a delimiter belongs to the delimiter.
    static int EndOfLineBefore(ReadOnlySpan<byte> text, int at) => at >= 2 && text[at - 2] == (byte)'\r' ? at - 2 : at - 1;

    /// <summary>Of a body that is not multipart the message's own headers speak, Content-ID too (RFC 8262).</summary>
    static SipHeaders HeadersOfBody(SipMessage message)
    {
        var headers = new SipHeaders(4);
        foreach (var field in message.Headers)
            if (field.Name != SipHeaderName.ContentLength && field.Name.Text.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)) headers.Add(field);
        return headers;
    }

    /// <summary>In none of the parts, and the same whenever the same is written.</summary>
    static string BoundaryOf(IReadOnlyList<BodyPart> parts)
    {
        for (var number = parts.Count; ; number++)
        {
            var boundary = $"telecube-part-{number}";
            if (!parts.Any(part => Holds(part, boundary))) return boundary;
        }
    }

    static bool Holds(BodyPart part, string boundary) =>
        part.Content.Span.IndexOf(Encoding.ASCII.GetBytes(boundary)) >= 0 || part.Headers.Any(header => header.ToString().Contains(boundary, StringComparison.Ordinal));
}
