using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>
/// What a peer says with its BYE, CANCEL or refusal goes on with ours to the other party: the headers that an INVITE's would be, and why (RFC 3326).
/// </summary>
static class LastWords
{
    const int MostReasons = 4;
    const int LongestReason = 256;

    /// <summary>The cause with what <paramref name="sender"/> has said of it.</summary>
    public static EndCause With(this EndCause cause, SipMessage message, Party sender)
    {
        var passed = PassedHeaders.Of(message, sender).Select(header => new SaidHeader(header.Name, header.Value));
        List<SaidHeader> said = [.. Reasons(message), .. passed];
        return said.Count == 0 ? cause : cause with { Said = said };
    }

    /// <summary>
    /// For the message that tells the other party: one reason for each protocol (RFC 3326 §2), of which ours is SIP's where nobody gave that.
    /// </summary>
    public static (string Name, string Value)[] Of(EndCause cause)
    {
        var said = cause.Said ?? [];
        var theirs = said.Select(header => (header.Name, header.Value));
        return said.Any(IsSipReason) ? [.. theirs] : [Ending.Reason(cause), .. theirs];
    }

    static IEnumerable<SaidHeader> Reasons(SipMessage message) => message.List<Reason>()
        .DistinctBy(reason => reason.Protocol, StringComparer.OrdinalIgnoreCase)
        .Select(reason => new SaidHeader("Reason", reason.ToString())).Where(said => said.Value.Length <= LongestReason).Take(MostReasons);

    static bool IsSipReason(SaidHeader header) =>
        header.Name == "Reason" && (header.Value + ";").StartsWith("SIP;", StringComparison.OrdinalIgnoreCase);
}
