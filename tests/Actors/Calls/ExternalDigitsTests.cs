using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Media;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Timeline;
using TeleCube.Actors.Calls.Views;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;
using TeleCube.Media.Messages;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>Sekwencja DTMFów (PRODUCT §2): pressed when the number has answered, before anybody talks with it.</summary>
public sealed class ExternalDigitsTests
{
    static readonly E164 _own = E164.Parse("+48943401128");
    static readonly ExternalNumberId _id = new("infoline");

    readonly CallTable _call = new();

    public ExternalDigitsTests()
    {
        _call.Tenant = _call.Tenant with
        {
            ExternalNumbers = _call.Tenant.ExternalNumbers.Add(_id, new ExternalNumber(_id, E164.Parse("+48501222333"))
            {
                DtmfSequence = DtmfSequence.TryParse(",47#", out var keys) ? keys : null,
            }),
            PhoneNumbers = _call.Tenant.PhoneNumbers.SetItem(_own, new PhoneNumber(_own) { ForwardTo = new ForwardTarget.ToExternalNumber(_id) }),
        };
        _call.Dial(_own.Value, new CallOrigin.Trunk("first", _own, "+48600100200", null));
        _call.Take(new CallCommand.ChannelGranted("first", 1));
    }

    [Fact]
    public void The_keys_are_pressed_before_the_caller_is_answered()
    {
        _call.Answer(1, 180);
        _call.Answer(1, 200, "bob");
        Assert.Equal((Stream(1), ",4"), Pressed());
        Assert.Empty(_call.Done<CallEffect.Respond>());
        Assert.Null(_call.Call.Talk);

        Sent();
        Assert.Equal((Stream(1), "7"), Pressed());
        Sent();
        Assert.Equal((Stream(1), "#"), Pressed());
        Sent();
        Assert.Equal(200, _call.Response(200).Status);
        Assert.Equal(new Pair(0, 1), _call.Call.Talk);
    }

    [Fact]
    public void Who_was_told_nothing_yet_is_told_that_it_rings_and_hears_so()
    {
        _call.Answer(1, 200, "bob");
        Assert.Equal(180, _call.Response(180).Status);
        Assert.Equal(new PlaySource.Tone(ToneKind.RingBack), Heard(0));
        SentAll();
        Assert.Null(Heard(0));
    }

    [Fact]
    public void An_engine_that_never_says_so_keeps_nobody_waiting()
    {
        _call.Answer(1, 200, "bob");
        var timer = _call.Done<CallEffect.StartTimer>().Single(timer => timer.Name == "digits-1");
        Assert.Equal(TimeSpan.FromSeconds(1.6 + 5), timer.After);
        _call.Take(timer.Command);
        Assert.Equal(new Pair(0, 1), _call.Call.Talk);
        Sent(); // late: nothing more
        Assert.Empty(_call.Effects);
    }

    [Fact]
    public void A_number_that_leaves_meanwhile_was_not_reached()
    {
        _call.Answer(1, 200, "bob");
        _call.FromCallee(1, "BYE", 2);
        Assert.Equal(480, _call.Response(480).Status);
        Assert.Equal("unreachable", Assert.IsType<CallEvent.Ended>(_call.Events[^1]).Cdr.Disposition);
    }

    [Fact]
    public void A_caller_who_gives_up_ends_it()
    {
        _call.Answer(1, 200, "bob");
        _call.Take(new CallCommand.Cancel(_call.Call.Legs[0].Received!.Transaction, _call.Call.Legs[0].Received!.Request));
        Assert.Equal(487, _call.Response(487).Status);
        Assert.Equal(SipMethod.Bye, Assert.Single(_call.Done<CallEffect.InDialog>()).Method);
    }

    [Fact]
    public void Neither_time_to_ring_nor_to_set_up_ends_it_while_keys_are_pressed()
    {
        _call.Answer(1, 200, "bob");
        _call.Take(new CallCommand.GiveUpRinging(1));
        _call.Take(new CallCommand.GiveUpSetup());
        Assert.True(_call.Call.Legs[1].Live);
    }

    [Fact]
    public void A_restart_goes_on_with_the_key_that_is_not_known_to_have_been_pressed()
    {
        _call.Answer(1, 200, "bob");
        Sent();
        _call.Restart();
        Assert.Equal((Stream(1), "7"), Pressed());
        Assert.Equal(TimeSpan.FromSeconds(0.4 + 5), _call.Done<CallEffect.StartTimer>().Single(timer => timer.Name == "digits-1").After);
        Sent();
        Sent();
        Assert.Equal(new Pair(0, 1), _call.Call.Talk);
    }

    [Fact]
    public void A_restart_before_the_first_key_presses_them_all()
    {
        _call.Answer(1, 200, "bob");
        _call.Restart();
        Assert.Equal((Stream(1), ",4"), Pressed());
        SentAll();
        Assert.Equal(new Pair(0, 1), _call.Call.Talk);
    }

    [Fact]
    public void Keys_that_became_fewer_meanwhile_are_all_pressed()
    {
        _call.Answer(1, 200, "bob");
        Sent();
        Assert.True(DtmfSequence.TryParse("4", out var fewer));
        _call.Tenant = _call.Tenant with { ExternalNumbers = _call.Tenant.ExternalNumbers.SetItem(_id, _call.Tenant.ExternalNumbers[_id] with { DtmfSequence = fewer }) };
        _call.Restart();
        Assert.Equal(new Pair(0, 1), _call.Call.Talk);
    }

    [Fact]
    public void Keys_that_were_taken_away_hold_up_nobody()
    {
        _call.Answer(1, 200, "bob");
        _call.Tenant = _call.Tenant with { ExternalNumbers = _call.Tenant.ExternalNumbers.Remove(_id) };
        _call.Restart();
        Assert.Equal(new Pair(0, 1), _call.Call.Talk);
    }

    [Fact]
    public void Neither_journal_nor_timeline_knows_which_keys()
    {
        _call.Answer(1, 200, "bob");
        SentAll();
        var registry = new EventRegistry().AddCallEvents();
        var journal = string.Concat(_call.Events.Select(happened => System.Text.Encoding.UTF8.GetString(registry.Encode(happened).Payload)));
        Assert.DoesNotContain("47#", journal, StringComparison.Ordinal);

        var timeline = new CallTimeline(_call.Call.Id.Entity(CallTable.Company), keepMessages: true);
        foreach (var happened in _call.Events) timeline.Saw(happened);
        Assert.Contains(timeline.Entries, entry => entry.Code == "sends-digits" && entry.Text.StartsWith("4 keys", StringComparison.Ordinal));
        Assert.DoesNotContain(timeline.Entries, entry => entry.Text.Contains("47#", StringComparison.Ordinal));
    }

    (StreamId Stream, string Digits) Pressed()
    {
        var press = Assert.Single(_call.Done<CallEffect.Media>().Select(media => media.Command).OfType<MediaCommand.SendDtmf>());
        return (press.Stream, press.Digits);
    }

    void SentAll()
    {
        for (var keys = 0; keys < 3; keys++) Sent();
    }

    void Sent() => _call.Take(new CallCommand.Media(new MediaEvent.DtmfSent(Stream(1))));

    StreamId Stream(int leg) => new(_call.Call.Legs[leg].Media!.Stream);

    PlaySource? Heard(int leg) =>
        MediaPlan.For(_call.Call, null, false, new PlaySource.Tone(ToneKind.Beep)).Single(plan => plan.Stream == Stream(leg)).Playing;
}
