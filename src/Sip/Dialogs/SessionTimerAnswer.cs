using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Dialogs;

/// <summary>A UAS's answer to a request for a session timer: the timer for its 2xx, or the Min-SE for its 422.</summary>
public sealed record SessionTimerAnswer(SessionTimer? Timer, bool PeerKnowsTimer, TimeSpan? TooSmall)
{
    /// <summary>
    /// Writes Session-Expires into our 2xx, and Require for a peer that knows the timer: it
    /// must refresh, or should hang up when we don't (RFC 4028 §9).
    /// </summary>
    public void WriteTo(SipResponse success)
    {
        if (Timer is not { } timer) return;
        success.Set(new SessionExpires(timer.Interval, timer.WeRefresh ? SessionRefresher.Uas : SessionRefresher.Uac));
        if (PeerKnowsTimer) SessionTimer.AddOption(success, SipHeaderName.Require);
    }
}
