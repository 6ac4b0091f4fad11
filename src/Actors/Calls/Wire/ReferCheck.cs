using TeleCube.Actors.Calls.Model;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>Whether a REFER asks for what a transfer can do: to call somebody here, by INVITE.</summary>
static class ReferCheck
{
    /// <summary>
    /// Null where it can be done. A number at another host is not the one of that name here; of a call that is to be taken over the Replaces says which it is,
    /// whatever the host (a caller without a number is at anonymous.invalid). Our own phones may know us by any name that leads here.
    /// </summary>
    public static SipRefusal? Refusal(CallSip sip, Leg leg, ReferTo target, SipFlow flow)
    {
        if (target.Method != SipMethod.Invite) return new(400, "Refer-To Method Not Supported"); // RFC 3515 §2.4.2: refused at once
        var foreign = leg.Party is not Party.Phone && target.Uri.IsSip && target.Uri.Headers["Replaces"] is null && !IsOurs(sip, leg, target.Uri.Host, flow);
        return foreign ? new(403, "Refer-To Names Another Host") : null;
    }

    /// <summary>Also by the name or address by which this phone has reached us.</summary>
    static bool IsOurs(CallSip sip, Leg leg, string host, SipFlow flow) =>
        sip.IsOurs(host) || Same(host, leg.Dialog?.Local.Uri.Host) || Same(host, leg.Dialog?.Remote.Uri.Host)
        || Same(host, flow.AdvertisedHost) || Same(host, flow.Local.Address.ToString());

    static bool Same(string host, string? known) => string.Equals(host.Trim('[', ']'), known?.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);
}
