using System.Buffers;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Messages;

/// <summary>A request (RFC 3261 §7.1).</summary>
public sealed class SipRequest : SipMessage
{
    public SipRequest(SipMethod method, SipUri uri) : this(method, uri, new SipHeaders())
    {
    }

    internal SipRequest(SipMethod method, SipUri uri, SipHeaders headers) : base(headers)
    {
        Method = method;
        Uri = uri;
    }

    public SipMethod Method { get; }

    public SipUri Uri { get; set; }

    /// <summary>A request of its own with the same headers and body.</summary>
    public SipRequest Copy() => new(Method, Uri, Headers.Copy()) { Body = Body };

    public SipRequest WithUri(SipUri uri) => new(Method, uri, Headers.Copy()) { Body = Body };

    // INVITE sip:bob@biloxi.com SIP/2.0
    private protected override void WriteStartLine(IBufferWriter<byte> output)
    {
        Method.WriteTo(output);
        output.WriteByte((byte)' ');
        Uri.WriteTo(output);
        output.Write(" SIP/2.0\r\n"u8);
    }
}
