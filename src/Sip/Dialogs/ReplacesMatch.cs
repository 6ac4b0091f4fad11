using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Dialogs;

/// <summary>Whether an INVITE with Replaces may take over a dialog of ours (RFC 3891 §3).</summary>
public static class ReplacesMatch
{
    /// <summary>The id that the dialog meant has on our side: its to-tag is our tag.</summary>
    public static DialogId IdOf(Replaces replaces) => new(replaces.CallId, replaces.ToTag, replaces.FromTag);

    /// <summary>A Replaces that makes the receiver take over this dialog, whose peer the receiver is (for a Refer-To in an attended transfer).</summary>
    public static Replaces ForPeerOf(Dialog dialog, bool earlyOnly = false) => new(dialog.CallId, dialog.RemoteTag ?? "0", dialog.LocalTag, earlyOnly);

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
}
