using System.Buffers;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Messages;

/// <summary>A response (RFC 3261 §7.2).</summary>
public sealed class SipResponse : SipMessage
{
    public SipResponse(int status, string? reason = null) : this(status, reason ?? ReasonPhrases.For(status), new SipHeaders())
    {
    }

    internal SipResponse(int status, string reason, SipHeaders headers) : base(headers)
    {
        Status = status;
        Reason = reason;
    }

    public int Status { get; }

    public string Reason { get; }

    public bool IsProvisional => Status < 200;

    public bool IsFinal => Status >= 200;

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>
    /// The response that RFC 3261 §8.2.6 makes of a request: its Vias, From, To (with our tag), Call-ID and CSeq as they came;
    /// the Record-Route where a dialog begins (§12.1.1), the Timestamp in a 100.
    /// </summary>
    public static SipResponse For(SipRequest request, int status, string? reason = null, string? toTag = null)
    {
        var response = new SipResponse(status, reason);
        var headers = response.Headers;
        headers.CopyFrom(request.Headers, SipHeaderName.Via);
        headers.CopyFrom(request.Headers, SipHeaderName.From);
        headers.CopyFrom(request.Headers, SipHeaderName.To);
        if (toTag is not null && request.Headers.Get<NameAddress>(SipHeaderName.To) is { Tag: null } to) response.To = to.WithTag(toTag);
        headers.CopyFrom(request.Headers, SipHeaderName.CallId);
        headers.CopyFrom(request.Headers, SipHeaderName.CSeq);
        if (status is > 100 and < 300 && BeginsDialog(request.Method)) headers.CopyFrom(request.Headers, SipHeaderName.RecordRoute);
        if (status is 100) headers.CopyFrom(request.Headers, SipHeaderName.Timestamp);
        return response;
    }

    /// <summary>A response of its own with the same headers and body.</summary>
    public SipResponse Copy() => new(Status, Reason, Headers.Copy()) { Body = Body };

    // SIP/2.0 200 OK
    private protected override void WriteStartLine(IBufferWriter<byte> output)
    {
        output.Write("SIP/2.0 "u8);
        output.WriteNumber(Status);
        output.WriteByte((byte)' ');
        output.Write(WireText.OneLine(Reason));
        output.Write("\r\n"u8);
    }

    static bool BeginsDialog(SipMethod method) =>
        method == SipMethod.Invite || method == SipMethod.Subscribe || method == SipMethod.Refer || method == SipMethod.Notify;
}
