using TeleCube.Sip.Headers;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Messages;

/// <summary>One part of a body; a body that is not multipart is its own only part (RFC 5621).</summary>
public readonly record struct BodyPart(ContentType Type, ReadOnlyMemory<byte> Content);

/// <summary>Takes bodies apart by their boundary (RFC 2046 §5.1).</summary>
public static class MultipartBody
{
    const int MaxParts = 32;

    public static IReadOnlyList<BodyPart> Parts(SipMessage message)
    {
        if (message.Body.IsEmpty || message.Get<ContentType>() is not { } type) return [];
        if (!type.Type.Equals("multipart", StringComparison.OrdinalIgnoreCase)) return [new(type, message.Body)];
        return type.Parameters["boundary"] is { Length: > 0 and <= 70 } boundary ? Split(message.Body, boundary) : [];
    }

    /// <summary>The first part of that type, also inside of a multipart body.</summary>
    public static ReadOnlyMemory<byte>? Find(SipMessage message, string type, string subtype)
    {
        foreach (var part in Parts(message))
            if (part.Type.Is(type, subtype)) return part.Content;
        return null;
    }

    static List<BodyPart> Split(ReadOnlyMemory<byte> body, string boundary)
    {
        var parts = new List<BodyPart>(2);
        var delimiter = System.Text.Encoding.UTF8.GetBytes("--" + boundary);
        var at = 0;
        int? begin = null;
        while (parts.Count < MaxParts && SipLines.TryReadLine(body.Span, at, out var line, out var next))
        {
            if (body.Span[line].StartsWith(delimiter))
            {
                if (begin is { } from) Add(parts, body[from..Math.Max(from, EndOfLineBefore(body.Span, at))]);
                begin = next;
            }
            at = next;
        }
        // The last delimiter may end the body without a line break.
        if (begin is { } last && body.Span[at..].StartsWith(delimiter))
            Add(parts, body[last..Math.Max(last, EndOfLineBefore(body.Span, at))]);
        return parts;
    }

    // The line break before a delimiter belongs to the delimiter.
    static int EndOfLineBefore(ReadOnlySpan<byte> text, int at) => at >= 2 && text[at - 2] == (byte)'\r' ? at - 2 : at - 1;

    static void Add(List<BodyPart> parts, ReadOnlyMemory<byte> part)
    {
        var headers = new SipHeaders(4);
        var head = new HeadReader(part, 0, SipParseResult.Complete);
        if (!head.TryRead(headers)) return;
        head.SliceBody(out var content);
        var type = headers.Get<ContentType>(SipHeaderName.ContentType) ?? new ContentType("text", "plain", HeaderParameters.Empty);
        parts.Add(new(type, content));
    }
}
