using System.Text.Json.Serialization;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Dialogs;

/// <summary>
/// What a dialog agreed on by RFC 4028: how long a session lives without a refresh,
/// and whether the refresh is our work. JSON for the journal.
/// </summary>
[method: JsonConstructor]
public sealed record SessionTimer(int IntervalSeconds, bool WeRefresh)
{
    static readonly TimeSpan _mostMargin = TimeSpan.FromSeconds(32);

    /// <summary>A peer that agrees on less than RFC 4028 §4 allows is served, but not with a storm.</summary>
    static readonly TimeSpan _soonestRefresh = TimeSpan.FromSeconds(5);

    public SessionTimer(TimeSpan interval, bool weRefresh) : this((int)interval.TotalSeconds, weRefresh)
    {
    }

    [JsonIgnore]
    public TimeSpan Interval => TimeSpan.FromSeconds(IntervalSeconds);

    /// <summary>When we send the next refresh: half the interval after the last (RFC 4028 §10).</summary>
    [JsonIgnore]
    public TimeSpan RefreshAfter => Larger(Interval / 2, _soonestRefresh);

    /// <summary>
    /// When the session is given up for want of a refresh: a third of the interval, at most 32 s, before its end (RFC 4028 §10).
    /// </summary>
    [JsonIgnore]
    public TimeSpan GiveUpAfter => Interval - (Interval / 3 < _mostMargin ? Interval / 3 : _mostMargin);

    /// <summary>As UAC: asks for a session timer in an INVITE or UPDATE.</summary>
    public static void Ask(SipRequest request, TimeSpan interval, TimeSpan minimum, SessionRefresher refresher = SessionRefresher.Unspecified)
    {
        AddOption(request, SipHeaderName.Supported);
        request.Set(new SessionExpires(Larger(interval, minimum), refresher));
        request.Set(new MinSE(minimum));
    }

    /// <summary>As UAC, in a request within the dialog: asks for the same again, with the roles as they are (RFC 4028 §7.4).</summary>
    public void AskAgain(SipRequest request, TimeSpan minimum) =>
        Ask(request, Interval, minimum, WeRefresh ? SessionRefresher.Uac : SessionRefresher.Uas);

    /// <summary>
    /// As UAC, after a 422: asks in the next attempt for the larger of what both sides want at least (RFC 4028
    /// §7.3); false if the 422 asks for nothing that we have not asked for already.
    /// </summary>
    public static bool TryAskForMore(SipRequest next, SipResponse tooSmall)
    {
        if (tooSmall.Get<MinSE>()?.Interval is not { } least || next.Get<MinSE>()?.Interval >= least) return false;
        var asked = next.Get<SessionExpires>();
        Ask(next, asked?.Interval ?? least, least, asked?.Refresher ?? SessionRefresher.Unspecified);
        return true;
    }

    /// <summary>
    /// As UAC, from the 2xx (RFC 4028 §7.2). A UAS that doesn't know the timer leaves the refresh to us: its
    /// session would not expire, but only our refreshes show that it is still there.
    /// </summary>
    public static SessionTimer FromSuccess(SipResponse success, TimeSpan preferred) =>
        success.Get<SessionExpires>() is { } agreed ? new(agreed.Interval, agreed.Refresher != SessionRefresher.Uas) : new(preferred, true);

    /// <summary>As UAS: agrees, or refuses what is too short (RFC 4028 §9).</summary>
    public static SessionTimerAnswer Answer(SipRequest request, TimeSpan preferred, TimeSpan minimum)
    {
        var knowsTimer = request.Supports(OptionTags.Timer);
        var least = Larger(minimum, request.Get<MinSE>()?.Interval ?? minimum);
        if (request.Get<SessionExpires>() is not { } wanted)
            return new(new SessionTimer(Larger(preferred, least), weRefresh: !knowsTimer), knowsTimer, TooSmall: null);
        if (wanted.Interval < minimum && knowsTimer) return new(null, false, TooSmall: minimum); // 422 only to who understands it

        var shortest = Larger(preferred, least);
        var interval = wanted.Interval < shortest ? wanted.Interval : shortest; // §9: it may be reduced, never increased
        return new(new SessionTimer(interval, weRefresh: !knowsTimer || wanted.Refresher == SessionRefresher.Uas), knowsTimer, null);
    }

    internal static void AddOption(SipMessage message, SipHeaderName header)
    {
        if (!message.Headers.HasToken(header, OptionTags.Timer)) message.Headers.Add(header, OptionTags.Timer);
    }

    static TimeSpan Larger(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
