using System.Globalization;
using System.Text.Json;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Tests.Transactions;

namespace TeleCube.Sip.Tests.Dialogs;

/// <summary>RFC 4028: who refreshes, how often, and what is refused.</summary>
public sealed class SessionTimerTests
{
    static readonly TimeSpan _preferred = TimeSpan.FromSeconds(1800);
    static readonly TimeSpan _minimum = TimeSpan.FromSeconds(90);

    [Theory] // Supported, Session-Expires, Min-SE: interval, do we refresh (table 2 of §9)
    [InlineData("", "", "", 1800, true)]
    [InlineData("timer", "600", "", 600, false)]
    [InlineData("timer", "600;refresher=uac", "", 600, false)]
    [InlineData("timer", "600;refresher=uas", "", 600, true)]
    [InlineData("timer", "7200", "", 1800, false)]
    [InlineData("timer", "7200", "3600", 3600, false)]
    [InlineData("", "600", "", 600, true)] // a proxy asked; the caller can't refresh
    [InlineData("timer", "", "", 1800, false)]
    [InlineData("timer", "", "3600", 3600, false)]
    [InlineData("", "60", "", 60, true)] // never more than was asked for, and no 422 for who doesn't understand it
    [InlineData("timer", "600", "900", 600, false)] // Min-SE above Session-Expires is an error of theirs: still never more
    public void A_server_agrees(string supported, string expires, string least, int seconds, bool weRefresh)
    {
        var answer = SessionTimer.Answer(Invite(supported, expires, least), _preferred, _minimum);
        Assert.Equal(new SessionTimer(TimeSpan.FromSeconds(seconds), weRefresh), answer.Timer);

        var ok = SipResponse.For(Bench.Request("INVITE"), 200);
        answer.WriteTo(ok);
        Assert.Equal(weRefresh ? SessionRefresher.Uas : SessionRefresher.Uac, ok.Get<SessionExpires>()!.Refresher);
        Assert.Equal(supported.Length > 0, ok.Requires("timer"));
    }

    [Fact]
    public void A_server_refuses_what_is_too_short_and_says_what_is_not()
    {
        var invite = Invite("timer", "60", "");
        var answer = SessionTimer.Answer(invite, _preferred, _minimum);
        Assert.Equal((null, _minimum), (answer.Timer, answer.TooSmall));
    }

    [Theory] // the 422's Min-SE; what we then ask for, or nothing
    [InlineData("3600", 3600)]
    [InlineData("120", 1800)]
    [InlineData("90", null)]
    [InlineData("", null)]
    public void A_client_that_asked_for_too_little_asks_once_for_more(string least, int? next)
    {
        var invite = Bench.Request("INVITE");
        SessionTimer.Ask(invite, _preferred, _minimum, SessionRefresher.Uac);
        var refusal = SipResponse.For(invite, 422);
        if (least.Length > 0) refusal.Headers.Add(SipHeaderName.MinSE, least);

        Assert.Equal(next is not null, SessionTimer.TryAskForMore(invite, refusal));
        Assert.Equal((next ?? 1800, SessionRefresher.Uac), ((int)invite.Get<SessionExpires>()!.Interval.TotalSeconds, invite.Get<SessionExpires>()!.Refresher));
        Assert.Equal(next is null ? _minimum : TimeSpan.FromSeconds(int.Parse(least, CultureInfo.InvariantCulture)), invite.Get<MinSE>()!.Interval);
        Assert.False(SessionTimer.TryAskForMore(invite, refusal));
    }

    [Theory]
    [InlineData("1800;refresher=uac", true)]
    [InlineData("1800;refresher=uas", false)]
    [InlineData("1800", true)]
    public void A_client_learns_its_role_from_the_2xx(string agreed, bool weRefresh)
    {
        var invite = Bench.Request("INVITE");
        SessionTimer.Ask(invite, _preferred, _minimum);
        var ok = SipResponse.For(invite, 200);
        ok.Headers.Add(SipHeaderName.SessionExpires, agreed);
        Assert.Equal(new SessionTimer(_preferred, weRefresh), SessionTimer.FromSuccess(ok, TimeSpan.FromSeconds(600)));
    }

    [Fact]
    public void A_peer_that_does_not_know_the_timer_leaves_the_refresh_to_the_client()
    {
        var ok = SipResponse.For(Bench.Request("INVITE"), 200);
        Assert.Equal(new SessionTimer(_preferred, true), SessionTimer.FromSuccess(ok, _preferred));
    }

    [Theory]
    [InlineData(true, SessionRefresher.Uac)]
    [InlineData(false, SessionRefresher.Uas)]
    public void A_refresh_leaves_the_roles_as_they_are(bool weRefresh, SessionRefresher refresher)
    {
        var invite = Bench.Request("INVITE");
        new SessionTimer(600, weRefresh).AskAgain(invite, _minimum);
        Assert.Equal((600, refresher), ((int)invite.Get<SessionExpires>()!.Interval.TotalSeconds, invite.Get<SessionExpires>()!.Refresher));
        Assert.True(invite.Supports("timer"));
    }

    [Fact]
    public void It_stands_in_the_journal_as_seconds() =>
        Assert.Equal("""{"IntervalSeconds":600,"WeRefresh":true}""", JsonSerializer.Serialize(new SessionTimer(TimeSpan.FromMinutes(10), true)));

    [Theory]
    [InlineData(1800, 900, 1768)]
    [InlineData(90, 45, 60)]
    public void Refresh_and_end_follow_from_the_interval(int interval, int refresh, int end)
    {
        var timer = new SessionTimer(TimeSpan.FromSeconds(interval), true);
        Assert.Equal((refresh, end), ((int)timer.RefreshAfter.TotalSeconds, (int)timer.GiveUpAfter.TotalSeconds));
    }

    static SipRequest Invite(string supported, string expires, string least)
    {
        var invite = Bench.Request("INVITE");
        if (supported.Length > 0) invite.Headers.Add(SipHeaderName.Supported, supported);
        if (expires.Length > 0) invite.Headers.Add(SipHeaderName.SessionExpires, expires);
        if (least.Length > 0) invite.Headers.Add(SipHeaderName.MinSE, least);
        return invite;
    }
}
