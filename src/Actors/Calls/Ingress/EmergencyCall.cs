using TeleCube.Actors.Numbers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Ingress;

/// <summary>A call for help, whoever makes it (PRODUCT §11): an INVITE to 112 or its like, and the ACK and CANCEL that belong to it.</summary>
public static class EmergencyCall
{
    /// <summary>A take-over dials nobody, whatever number it names.</summary>
    public static bool IsBegunBy(SipRequest request) =>
        request.Method == SipMethod.Invite && EmergencyNumber.IsDialled(request.Uri.Number) && !request.Headers.Has(SipHeaderName.Replaces);

    public static bool Concerns(SipRequest request) =>
        IsBegunBy(request) || ((request.Method == SipMethod.Ack || request.Method == SipMethod.Cancel) && EmergencyNumber.IsDialled(request.Uri.Number));
}
