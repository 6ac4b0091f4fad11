using System.Text.Json.Serialization;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Dialogs;

/// <summary>What a dialog agreed on by RFC 4028: how long a session lives without a refresh, and whether the refresh is our work.</summary>
public sealed record SessionTimer(TimeSpan Interval, bool WeRefresh)
{
    static readonly TimeSpan _mostMargin = TimeSpan.FromSeconds(32);

    /// <summary>When we send the next refresh: half the interval after the last (RFC 4028 §10).</summary>
    [JsonIgnore]
    public TimeSpan RefreshAfter => Interval / 2;

    /// <summary>When the session is given up for want of a refresh: a third of the interval, at most 32 s, before its end (RFC 4028 §10).</summary>
    [JsonIgnore]
    public TimeSpan GiveUpAfter => Interval - (Interval / 3 < _mostMargin ? Interval / 3 : _mostMargin);

    /// <summary>As UAC: asks for a session timer in an INVITE or UPDATE.</summary>
    public static void Ask(SipRequest request, TimeSpan interval, TimeSpan minimum, SessionRefresher refresher = SessionRefresher.Unspecified)
    {
        AddOption(request, SipHeaderName.Supported);
        request.Set(new SessionExpires(interval < minimum ? minimum : interval, refresher));
        request.Set(new MinSE(minimum));
    }

    /// <summary>As UAC, after a 422: the interval to try next, the larger of what both sides want at least (RFC 4028 §7.3); null if the 422 names none.</summary>
    public static TimeSpan? AfterTooSmall(SipResponse tooSmall, TimeSpan asked) =>
        tooSmall.Get<MinSE>()?.Interval is { } least ? least > asked ? least : asked : null;

    /// <summary>As UAC, from the 2xx (RFC 4028 §7.2). A UAS that doesn't know the timer leaves it to us, if we asked for one.</summary>
    public static SessionTimer? FromSuccess(SipRequest asked, SipResponse success)
    {
        if (success.Get<SessionExpires>() is { } agreed) return new(agreed.Interval, agreed.Refresher != SessionRefresher.Uas);
        return asked.Get<SessionExpires>() is { } wanted && asked.Supports("timer") ? new(wanted.Interval, true) : null;
    }

    /// <summary>As UAS: agrees, or refuses what is too short (RFC 4028 §9).</summary>
    public static SessionTimerAnswer Answer(SipRequest request, TimeSpan preferred, TimeSpan minimum)
    {
        var knowsTimer = request.Supports("timer");
        if (request.Get<SessionExpires>() is not { } wanted)
        {
            // Nothing asked: we may want a timer all the same, and refresh ourselves (§9, table 2).
            var own = Larger(preferred, request.Get<MinSE>()?.Interval ?? minimum);
            return new(new SessionTimer(own, WeRefresh: true), PeerMustKnow: false, TooSmall: null);
        }
        if (wanted.Interval < minimum && knowsTimer) return new(null, false, TooSmall: minimum); // 422 only to who understands it

        var interval = Larger(wanted.Interval < preferred ? wanted.Interval : Larger(preferred, request.Get<MinSE>()?.Interval ?? minimum), minimum);
        if (!knowsTimer && wanted.Interval < interval) interval = wanted.Interval;
        var peerRefreshes = knowsTimer && wanted.Refresher != SessionRefresher.Uas;
        return new(new SessionTimer(interval, !peerRefreshes), peerRefreshes, null);
    }

    internal static void AddOption(SipMessage message, SipHeaderName header)
    {
        if (!message.Headers.HasToken(header, "timer")) message.Headers.Add(header, "timer");
    }

    static TimeSpan Larger(TimeSpan a, TimeSpan b) => a > b ? a : b;
}

/// <summary>A UAS's answer to a request for a session timer: the timer for its 2xx, or the Min-SE for its 422.</summary>
public sealed record SessionTimerAnswer(SessionTimer? Timer, bool PeerMustKnow, TimeSpan? TooSmall)
{
    /// <summary>Writes Session-Expires, and Require where the peer refreshes (RFC 4028 §9), into our 2xx.</summary>
    public void WriteTo(SipResponse success)
    {
        if (Timer is not { } timer) return;
        success.Set(new SessionExpires(timer.Interval, timer.WeRefresh ? SessionRefresher.Uas : SessionRefresher.Uac));
        if (PeerMustKnow) SessionTimer.AddOption(success, SipHeaderName.Require);
    }

    /// <summary>422 Session Interval Too Small with our Min-SE (RFC 4028 §6); only where <see cref="TooSmall"/> is set.</summary>
    public SipResponse? Refusal(SipRequest request, string toTag)
    {
        if (TooSmall is not { } least) return null;
        var response = SipResponse.For(request, 422, toTag: toTag);
        response.Set(new MinSE(least));
        return response;
    }
}
