using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Transactions;

/// <summary>
/// Names a server transaction by what RFC 3261 §17.2.3 matches requests with; computed from the request, so it is the same after a restart.
/// </summary>
public readonly record struct ServerTransactionId(string Value)
{
    /// <summary>An ACK has the id of its INVITE.</summary>
    public static ServerTransactionId Of(SipRequest request) =>
        Of(request, request.Method == SipMethod.Ack ? SipMethod.Invite : request.Method);

    /// <summary>The id of the INVITE that a CANCEL means (RFC 3261 §9.2).</summary>
    internal static ServerTransactionId OfInviteMeantBy(SipRequest cancel) => Of(cancel, SipMethod.Invite);

    public override string ToString() => Value;

    static ServerTransactionId Of(SipRequest request, SipMethod method)
    {
        var via = request.TopVia;
        return new(via.HasMagicCookie ? $"{via.Branch}|{SentBy(via)}|{method.Name}" : OfRfc2543(request, via, method));
    }

    // RFC 3261 §17.2.3, the second list; To is left out, since an ACK has a tag there that its INVITE had not.
    static string OfRfc2543(SipRequest request, Via via, SipMethod method) =>
        $"2543|{request.CallId}|{request.From.Tag}|{request.CSeq.Number}|{request.Uri}|{SentBy(via)};{via.Branch}|{method.Name}";

    static string SentBy(Via via) => via.Port is { } port ? $"{via.Host}:{port}" : via.Host;
}
