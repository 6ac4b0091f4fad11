using System.Globalization;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;

namespace TeleCube.Actors.Calls.Ingress;

/// <summary>How an INVITE is answered by which no call begins; counted, for it leaves no record.</summary>
public sealed class FirstRefusals(AdmissionControl admission, ISignalling signalling, LiveCalls live, ITagSource tags)
{
    public void Unassigned(ServerTransactionId transaction, SipRequest invite)
    {
        var response = Counted(invite, 404, "Number is not assigned here");
        response.Headers.Add(SipHeaderName.Reason, Ending.Unassigned);
        signalling.Respond(transaction, response);
    }

    public void Faulty(ServerTransactionId transaction, SipRequest invite, SipRefusal fault)
    {
        var response = Counted(invite, fault.Status, fault.Reason);
        if (fault.Status == 415) CallSip.SayWhatIsTaken(response, invite.Method);
        signalling.Respond(transaction, response);
    }

    public void Busy(ServerTransactionId transaction, SipRequest invite, string why)
    {
        var response = Counted(invite, 503, why);
        response.Headers.Add(SipHeaderName.RetryAfter, ((int)Math.Ceiling(admission.RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
        signalling.Respond(transaction, response);
    }

    SipResponse Counted(SipRequest invite, int status, string reason)
    {
        live.TurnedAway(status);
        return SipResponse.For(invite, status, reason, tags.Next(null));
    }
}
