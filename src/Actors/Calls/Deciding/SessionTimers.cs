using System.Globalization;
using TeleCube.Actors.Calls.Model;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>RFC 4028 as a B2BUA uses it: each leg has its own interval; a peer that knows no timers is refreshed by us.</summary>
static class SessionTimers
{
    /// <summary>What the answer to our INVITE settled; a peer without the extension is refreshed by us all the same (§7.2).</summary>
    public static SessionTimer AsUac(CallOptions options, SipResponse response) =>
        response.Get<SessionExpires>() is { } agreed
            ? new SessionTimer((int)agreed.Interval.TotalSeconds, agreed.Refresher is not SessionRefresher.Uas)
            : new SessionTimer((int)options.SessionExpires.TotalSeconds, WeRefresh: true);

    /// <summary>What we settle in our 2xx (§9); writes the headers for it.</summary>
    public static SessionTimer? AsUas(CallOptions options, SipRequest request, SipResponse response)
    {
        var supported = request.Supports("timer");
        var asked = request.Get<SessionExpires>();
        if (!supported && asked is null) return new SessionTimer((int)options.SessionExpires.TotalSeconds, WeRefresh: true);

        var seconds = asked is not null
            ? Math.Clamp((int)asked.Interval.TotalSeconds, (int)options.MinSessionExpires.TotalSeconds, Math.Max((int)options.SessionExpires.TotalSeconds, (int)options.MinSessionExpires.TotalSeconds))
            : (int)options.SessionExpires.TotalSeconds;
        var theyRefresh = supported && asked?.Refresher is not SessionRefresher.Uas;
        response.Headers.Add("Session-Expires", $"{seconds.ToString(CultureInfo.InvariantCulture)};refresher={(theyRefresh ? "uac" : "uas")}");
        if (theyRefresh) response.Headers.Add("Require", "timer");
        return new SessionTimer(seconds, WeRefresh: !theyRefresh);
    }

    /// <summary>Our least interval when the peer asks for a shorter one (§9: 422), else null.</summary>
    public static string? TooShort(CallOptions options, SipRequest request) =>
        request.Get<SessionExpires>() is { } asked && asked.Interval < options.MinSessionExpires
            ? ((int)options.MinSessionExpires.TotalSeconds).ToString(CultureInfo.InvariantCulture)
            : null;

    /// <summary>We refresh at half of the interval (§7.2); a peer that fails to is hung up on min(32, a third) seconds before the end (§10).</summary>
    public static void Start(Turn turn, int number)
    {
        turn.Do(new CallEffect.CancelTimer($"refresh-{number}"));
        turn.Do(new CallEffect.CancelTimer($"expire-{number}"));
        if (turn.Leg(number).Timer is not { } timer) return;

        var interval = TimeSpan.FromSeconds(timer.IntervalSeconds);
        if (timer.WeRefresh) turn.Do(new CallEffect.StartTimer($"refresh-{number}", interval / 2, new CallCommand.Refresh(number)));
        else turn.Do(new CallEffect.StartTimer($"expire-{number}", interval - Min(TimeSpan.FromSeconds(32), interval / 3), new CallCommand.Expire(number)));
    }

    static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
