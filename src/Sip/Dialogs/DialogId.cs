using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Dialogs;

/// <summary>Names a dialog by Call-ID and both tags (RFC 3261 §12); a peer of RFC 2543 has no tag.</summary>
public readonly record struct DialogId(string CallId, string LocalTag, string? RemoteTag)
{
    /// <summary>Of a request that we received: To is our side. Null when it has no To tag, so belongs to no dialog.</summary>
    public static DialogId? OfReceived(SipRequest request) =>
        request.To.Tag is { } local ? new(request.CallId, local, request.From.Tag) : null;
}
