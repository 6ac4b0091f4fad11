using System.Buffers;
using TeleCube.Sip.Headers;

namespace TeleCube.Sip.Messages;

/// <summary>One part of a body; a body that is not multipart is its own only part (RFC 5621).</summary>
public sealed record BodyPart(ContentType Type, SipHeaders Headers, ReadOnlyMemory<byte> Content)
{
    static readonly SipHeaderName _contentId = "Content-ID";

    public ContentDisposition? Disposition => Headers.Get<ContentDisposition>(SipHeaderName.ContentDisposition);

    /// <summary>Who does not understand it may pass it over; unless it says so, he may not (RFC 3261 §20.11).</summary>
    public bool IsOptional => Disposition is { IsOptional: true };

    /// <summary>It says that it must be understood.</summary>
    public bool IsRequired => "required".Equals(Disposition?.Parameters["handling"], StringComparison.OrdinalIgnoreCase);

    /// <summary>It is what the session is described by, and not, say, an early session (RFC 3959).</summary>
    public bool IsSession => Type.IsSdp && !Is("early-session");

    /// <summary>What a cid: URL names it by (RFC 2392), or null.</summary>
    public string? Id => Headers.First(_contentId)?.Trim('<', '>', ' ');

    /// <summary>What is written for it between two delimiters.</summary>
    public int Length => Content.Length + Headers.Sum(header => header.Name.Text.Length + header.Value.Length + 4) + 2;

    public bool Is(string disposition) => disposition.Equals(Disposition?.Type, StringComparison.OrdinalIgnoreCase);

    // Content-Type: text/plain, an empty line, the content
    public void WriteTo(IBufferWriter<byte> output)
    {
        Headers.WriteTo(output);
        output.Write("\r\n"u8);
        output.Write(Content.Span);
    }
}
