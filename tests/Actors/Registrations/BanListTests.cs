using System.Net;
using TeleCube.Actors.Registrations;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Registrations;

/// <summary>Brute force is shut out; an office with one wrong phone is not.</summary>
public sealed class BanListTests : IDisposable
{
    static readonly IPAddress _source = IPAddress.Parse("192.0.2.7");

    readonly ManualClock _clock = new();
    readonly List<(Ban Ban, string Reason)> _told = [];
    readonly BanList _bans;

    public BanListTests() => _bans = new BanList(
        new BanOptions { MaxFailures = 3, Whitelist = [IPNetwork.Parse("198.51.100.0/24")], MaxTracked = 100 }, _clock, (ban, reason) => _told.Add((ban, reason)));

    public void Dispose() => _bans.Dispose();

    /// <summary>True if the last of these failures banned somebody.</summary>
    bool Fail(int times, IPAddress? source = null, string user = "firmaabcde_10")
    {
        var banned = false;
        for (var i = 0; i < times; i++) banned = _bans.Failed(source ?? _source, user, "wrong-password");
        return banned;
    }

    [Fact]
    public void Each_ban_is_told_once()
    {
        Fail(5);
        Assert.Equal((new Ban(_source, null, 3, _clock.GetUtcNow() + TimeSpan.FromMinutes(10)), "wrong-password"), Assert.Single(_told));
        _bans.Lift(_source);
        _bans.Succeeded(_source, "firmaabcde_11");
        Fail(3);
        Assert.Equal("firmaabcde_10", _told[1].Ban.User);
        Assert.Equal(2, _told.Count);
    }

    [Fact]
    public void A_ban_that_begins_beyond_the_limit_is_told_too()
    {
        _bans.Succeeded(_source, "firmaabcde_11");
        _clock.Advance(new BanOptions().TrustedFor - TimeSpan.FromMinutes(1));
        foreach (var user in Enumerable.Range(0, 7)) Fail(1, user: $"other_{user}");
        Assert.Empty(_told);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(Fail(1));
        Assert.Equal(new Ban(_source, null, 8, _clock.GetUtcNow() + TimeSpan.FromMinutes(10)), Assert.Single(_told).Ban);
        Assert.False(Fail(1));
        Assert.Single(_told);
    }

    [Fact]
    public void A_ban_that_follows_another_within_the_window_is_told_too()
    {
        using var bans = new BanList(
            new BanOptions { MaxFailures = 3, Window = TimeSpan.FromMinutes(5), BanFor = TimeSpan.FromMinutes(1) }, _clock, (ban, reason) => _told.Add((ban, reason)));
        for (var i = 0; i < 3; i++) bans.Failed(_source, "firmaabcde_10", "wrong-password");
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(bans.IsBanned(_source));
        Assert.True(bans.Failed(_source, "firmaabcde_10", "wrong-password"));
        Assert.True(bans.IsBanned(_source));
        Assert.Equal([3, 4], _told.Select(told => told.Ban.Failures));
    }

    [Fact]
    public void So_many_failures_ban_a_source_for_a_while()
    {
        Assert.False(Fail(2));
        Assert.False(_bans.IsBanned(_source));
        Assert.True(Fail(1));
        Assert.True(_bans.IsBanned(_source));
        Assert.Equal(_source, Assert.Single(_bans.Current()).Source);
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.False(_bans.IsBanned(_source));
        Assert.Empty(_bans.Current());
    }

    [Fact]
    public void Failures_that_are_far_apart_do_not()
    {
        Fail(2);
        _clock.Advance(TimeSpan.FromMinutes(6));
        Assert.False(Fail(2));
        Assert.False(_bans.IsBanned(_source));
    }

    [Fact]
    public void Where_a_password_was_right_only_the_failing_user_is_refused()
    {
        _bans.Succeeded(_source, "firmaabcde_11");
        Assert.True(Fail(3));
        Assert.False(_bans.IsBanned(_source));
        Assert.True(_bans.IsBanned(_source, "firmaabcde_10"));
        Assert.False(_bans.IsBanned(_source, "firmaabcde_11"));
    }

    [Fact]
    public void One_right_password_is_no_licence_to_try_all_others()
    {
        _bans.Succeeded(_source, "firmaabcde_11");
        foreach (var user in Enumerable.Range(0, 30)) Fail(1, user: $"other_{user}");
        Assert.True(_bans.IsBanned(_source));
    }

    [Fact]
    public void Nor_is_one_that_comes_in_between()
    {
        foreach (var round in Enumerable.Range(0, 4))
        {
            foreach (var user in Enumerable.Range(0, 9)) Fail(1, user: $"other_{round}_{user}");
            _bans.Succeeded(_source, "firmaabcde_11");
            if (round == 0) _bans.Succeeded(_source, "firmaabcde_12"); // whoever else knows his own
        }

        Assert.True(_bans.IsBanned(_source));
    }

    [Fact]
    public void What_a_user_failed_before_its_success_counts_for_nobody()
    {
        foreach (var _ in Enumerable.Range(0, 20))
        {
            Fail(2);
            _bans.Succeeded(_source, "firmaabcde_10");
        }

        Assert.False(_bans.IsBanned(_source));
        Assert.False(_bans.IsBanned(_source, "firmaabcde_10"));
    }

    [Fact]
    public void A_success_forgives()
    {
        Fail(2);
        _bans.Succeeded(_source, "firmaabcde_10");
        Fail(2);
        Assert.False(_bans.IsBanned(_source, "firmaabcde_10"));
    }

    [Fact]
    public void A_whitelisted_network_is_never_banned()
    {
        Fail(50, IPAddress.Parse("198.51.100.9"));
        Assert.False(_bans.IsBanned(IPAddress.Parse("198.51.100.9")));
    }

    [Fact]
    public void IPv6_is_banned_by_64()
    {
        Fail(3, IPAddress.Parse("2001:db8:1:2::1"));
        Assert.True(_bans.IsBanned(IPAddress.Parse("2001:db8:1:2:ffff::9")));
        Assert.False(_bans.IsBanned(IPAddress.Parse("2001:db8:1:3::1")));
        Fail(3, IPAddress.Parse("::ffff:203.0.113.5"));
        Assert.True(_bans.IsBanned(IPAddress.Parse("203.0.113.5")));
    }

    [Fact]
    public void A_banned_source_may_call_for_help_but_not_as_often_as_it_guesses()
    {
        Fail(3);
        Assert.Equal(10, Enumerable.Range(0, 100).Count(_ => _bans.MayConnect(_source))); // which takes nothing of the next
        Assert.Equal(10, Enumerable.Range(0, 100).Count(_ => _bans.MayCallForHelp(_source)));
        Assert.True(_bans.MayCallForHelp(IPAddress.Parse("192.0.2.8")));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(10, Enumerable.Range(0, 100).Count(_ => _bans.MayCallForHelp(_source)));
    }

    [Fact]
    public void An_operator_lifts_a_ban()
    {
        Fail(3);
        _bans.Lift(_source);
        Assert.False(_bans.IsBanned(_source));
    }

    [Fact]
    public void A_flood_of_sources_takes_bounded_room_and_bans_outlast_it()
    {
        Fail(3);
        foreach (var last in Enumerable.Range(0, 1000)) Fail(1, new IPAddress([10, 0, (byte)(last >> 8), (byte)last]));
        Assert.True(_bans.IsBanned(_source));
    }
}
