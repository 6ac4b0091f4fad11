using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Voicemail;

namespace TeleCube.Actors.Tests.Voicemail;

/// <summary>How guesses at a box's PIN are locked out: by where they come from, all strangers together, longer each time; and what forgets them.</summary>
public sealed class PinLockTests
{
    static readonly DateTimeOffset _start = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    static readonly VoicemailSettings _settings = new() { On = true };
    static readonly PinSource _mobile = new("+48600100200");

    MailboxState _box = MailboxState.Initial;
    DateTimeOffset _now = _start;

    [Fact]
    public void The_fifth_wrong_PIN_in_a_row_locks_its_source_to_right_ones_too()
    {
        Wrong(_mobile, 4);
        Assert.Null(Until(_mobile));
        Wrong(_mobile);
        Assert.Equal(_start + TimeSpan.FromMinutes(15), Until(_mobile));
        Assert.Empty(Decide(true, _mobile)); // who guesses learns nothing
        Assert.Empty(Decide(false, _mobile)); // nor is the time prolonged
        _now += TimeSpan.FromMinutes(15);
        Assert.Null(Until(_mobile));
    }

    [Fact]
    public void Each_lock_is_twice_as_long_as_the_one_before_up_to_eight_hours()
    {
        var minutes = new List<double>();
        for (var locks = 0; locks < 8; locks++)
        {
            Wrong(PinSource.Own, 5);
            minutes.Add((Until(PinSource.Own)!.Value - _now).TotalMinutes);
            _now = Until(PinSource.Own)!.Value;
        }

        Assert.Equal([15, 30, 60, 120, 240, 480, 480, 480], minutes);
        Assert.True(PinLock.Longest < PinLock.ForgottenAfter); // else waiting would bring more tries than the locks allow
        Assert.Equal(PinLock.Longest, PinLock.LengthAfter(int.MaxValue));
    }

    [Fact]
    public void Strangers_never_lock_out_the_extensions_own_phone_nor_it_them()
    {
        foreach (var stranger in new[] { _mobile, new PinSource("12"), PinSource.Unknown }) Wrong(stranger, 5);
        Assert.NotNull(Until(_mobile));
        Assert.Null(Until(PinSource.Own));
        Assert.Empty(Decide(true, PinSource.Own)); // nothing to forget: it is simply right

        Assert.Equal(5, Enumerable.Range(0, 5).Sum(_ => Wrong(PinSource.Own)));
        Assert.NotNull(Until(PinSource.Own));
    }

    [Fact]
    public void Whoever_makes_up_a_new_caller_for_each_try_is_locked_out_all_the_same_and_has_ever_less_tries()
    {
        var (tries, caller) = (0, 0);
        while (_now < _start + TimeSpan.FromDays(30))
        {
            var source = new PinSource($"+486001{++caller:00000}");
            if (Until(source) is { } until) _now = until;
            else tries += Wrong(source);
        }

        Assert.InRange(tries, 10, 1000); // of 10,000 in a month; without locks they were done in an hour
        Assert.InRange(_box.Pins.Sources.Count, 1, 200); // what is a day old is not kept
        Assert.NotNull(Decide(false, PinSource.Own)[0]); // who still may
    }

    [Fact]
    public void A_right_PIN_forgets_the_wrong_ones_of_its_source_and_a_day_forgets_all()
    {
        Wrong(_mobile, 4);
        Wrong(PinSource.Unknown, 4);
        Apply(Decide(true, _mobile));
        Assert.Equal(4, _box.Pins.Strangers.Wrong);
        Wrong(_mobile, 4);
        Assert.Null(Until(_mobile));
        Assert.NotNull(_box.Pins.Sources["unknown"]);

        _now += TimeSpan.FromDays(1);
        Wrong(_mobile, 4);
        Assert.Equal((4, 4), (_box.Pins.Sources[_mobile.Value].Wrong, _box.Pins.Strangers.Wrong));
        Assert.Equal([_mobile.Value], _box.Pins.Sources.Keys);
    }

    [Fact]
    public void The_owners_own_calls_give_strangers_no_tries_anew()
    {
        Wrong(PinSource.Unknown, 4);
        Wrong(new PinSource("+48600000001"), 4);
        Apply(Decide(true, PinSource.Own));
        Wrong(PinSource.Own, 2);
        Apply(Decide(true, PinSource.Own));
        Wrong(new PinSource("+48600000002"), 2);
        Assert.NotNull(Until(_mobile));
        _now = Until(_mobile)!.Value;
        Apply(Decide(true, _mobile));
        for (var caller = 0; caller < 10; caller++) Wrong(new PinSource($"+4860000010{caller}"));
        Assert.Equal(_now + TimeSpan.FromMinutes(30), Until(_mobile)); // it has been locked before, whoever knew the PIN since
    }

    [Fact]
    public void An_administrator_lifts_every_lock()
    {
        Wrong(PinSource.Own, 5);
        Wrong(_mobile, 5);
        Wrong(PinSource.Unknown, 5);
        Apply(MailboxRules.Decide(_box, new MailboxCommand.Unlock(), _settings, _now).Events);
        Assert.True(_box.Pins.IsOpen);
        Assert.Empty(MailboxRules.Decide(_box, new MailboxCommand.Unlock(), _settings, _now).Events);
        Assert.Equal(4, Enumerable.Range(0, 4).Sum(_ => Wrong(_mobile)));
        Assert.Null(Until(_mobile));
    }

    [Fact]
    public void A_source_is_who_has_proved_who_it_is_or_the_number_that_the_carrier_gives()
    {
        var ten = ExtensionNumber.Parse("10");
        Assert.Equal(PinSource.Own, PinSource.Of(new Party.Phone("10"), ten));
        Assert.Equal(new PinSource("12"), PinSource.Of(new Party.Phone("12"), ten));
        Assert.Equal(_mobile, PinSource.Of(new Party.Outside("carrier", "+48600100200"), ten));
        foreach (var shown in new[] { CallState.WithheldCaller, "own", "10", "alice" }) Assert.Equal(PinSource.Unknown, PinSource.Of(new Party.Outside("carrier", shown), ten));
        Assert.Equal(PinSource.Unknown, PinSource.Of(null, ten));
    }

    /// <summary>So many wrong ones; returns how many were looked at.</summary>
    int Wrong(PinSource from, int times = 1)
    {
        var taken = 0;
        for (var i = 0; i < times; i++)
        {
            var happened = Decide(false, from);
            taken += happened.Count;
            Apply(happened);
        }

        return taken;
    }

    IReadOnlyList<MailboxEvent> Decide(bool right, PinSource from) => MailboxRules.Decide(_box, new MailboxCommand.PinChecked(right, from), _settings, _now).Events;

    void Apply(IReadOnlyList<MailboxEvent> events) => _box = events.Aggregate(_box, MailboxRules.Apply);

    DateTimeOffset? Until(PinSource from) => _box.Pins.UntilFor(from, _now);
}
