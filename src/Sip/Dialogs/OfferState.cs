namespace TeleCube.Sip.Dialogs;

/// <summary>Whose offer waits for its answer in a dialog (RFC 3264 §4): at most one may.</summary>
public enum OfferState
{
    Idle,
    Ours,
    Theirs,
}
