using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Dialogs;

/// <summary>Whether an INVITE with Replaces may take over a dialog of ours (RFC 3891 §3).</summary>
public static class ReplacesMatch
{
    /// <summary>Null when the dialog may be replaced.</summary>
    public static SipRefusal? Refusal(Replaces replaces, Dialog? dialog, bool weAreCaller)
    {
        if (dialog is null || dialog.Id != IdOf(replaces)) return new(481, "No Dialog To Replace");
        return dialog.Phase switch
        {
            DialogPhase.Terminated => new(603, "Dialog Is Over"),
            DialogPhase.Confirmed when replaces.EarlyOnly => new(486, "Already Answered"),
            DialogPhase.Early when !weAreCaller => new(481, "Early Dialog Not Begun Here"), // §3: only the initiator's side
            _ => null,
        };
    }

    // The id that the dialog has on our side: its to-tag is our tag; a peer of RFC 2543 has "0" for none (RFC 3891 §6.1).
    static DialogId IdOf(Replaces replaces) => new(replaces.CallId, replaces.ToTag, replaces.FromTag == "0" ? null : replaces.FromTag);
}
