using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>What a call asks of a dialog beyond RFC 3261: requests whose numbers are kept elsewhere, and the dialog of a 2xx whose INVITE is settled.</summary>
static class Dialogs
{
    public static SipRequest Request(this Dialog dialog, SipMethod method, uint number) => (dialog with { LocalSeq = number - 1 }).NextRequest(method).Request;

    /// <summary>A fork's dialog, from its 2xx alone: From and To are those of our INVITE.</summary>
    public static Dialog OfAnswer(SipResponse answer)
    {
        var invite = new SipRequest(SipMethod.Invite, answer.Contact?.Uri ?? answer.To.Uri) { From = answer.From, To = answer.To.WithTag(null), CSeq = answer.CSeq };
        return Dialog.AsClient(invite, answer);
    }
}
