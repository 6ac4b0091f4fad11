using TeleCube.Sip.Headers;

namespace TeleCube.Sip.Messages;

/// <summary>Whether a foreign response can be used; a bad one is dropped, for nobody answers a response (RFC 3261 §18.1.2).</summary>
public static class SipResponseCheck
{
    public static bool IsSound(SipResponse response)
    {
        var headers = response.Headers;
        return response.Fault.IsComplete
            && headers.FirstOf<Via>(SipHeaderName.Via) is not null
            && headers.CountOf(SipHeaderName.From) == 1 && headers.Get<NameAddress>(SipHeaderName.From) is not null
            && headers.CountOf(SipHeaderName.To) == 1 && headers.Get<NameAddress>(SipHeaderName.To) is not null
            && headers.CountOf(SipHeaderName.CallId) == 1 && headers.Get<CallId>(SipHeaderName.CallId) is not null
            && headers.CountOf(SipHeaderName.CSeq) == 1 && headers.Get<CSeq>(SipHeaderName.CSeq).Method.Name.Length > 0;
    }
}
