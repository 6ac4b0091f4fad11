using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Dialogs;

/// <summary>What a dialog says to a request within it: itself afterwards, or why the request is refused.</summary>
public readonly record struct DialogCheck(Dialog Dialog, SipRefusal? Refusal);
