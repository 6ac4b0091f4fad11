using System.Globalization;
using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Transactions;

/// <summary>The two numbers of a RAck (RFC 3262 §7.2): which reliable 1xx of which INVITE a PRACK means.</summary>
static class RAckNumbers
{
    public static bool TryRead(SipRequest prack, out uint rseq, out uint cseq)
    {
        (rseq, cseq) = (0, 0);
        var words = prack.Headers.First(SipHeaderName.RAck)?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is { Length: 3 }
            && uint.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out rseq)
            && uint.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out cseq);
    }
}
