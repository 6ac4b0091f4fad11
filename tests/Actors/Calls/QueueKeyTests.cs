using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Media.Messages;
using static TeleCube.Actors.Tests.Calls.QueueSpec;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>Naciśnij jeden: a consultant outside takes the call by a key; and a caller who asks by one to be called back.</summary>
public sealed class QueueKeyTests
{
    readonly QueueSpec _spec = new();

    CallTable Table => _spec.Table;

    [Fact]
    public void Who_must_press_1_is_asked_over_and_over_while_the_caller_hears_music_and_others_ring()
    {
        Ask(Anna);
        Assert.Equal("/accept-call.wav", _spec.HeardFiles(_spec.LegOf(Dorota)));
        Assert.Equal(0, ((PlaySource.Files)_spec.Heard(_spec.LegOf(Dorota))!).Times);
        Assert.Equal(("music", null), (_spec.HeardFiles(), _spec.Call.Talk));
        Assert.Equal([Anna], _spec.Ringing);
        Assert.Empty(_spec.Told);
    }

    [Fact]
    public void The_1_connects_and_lets_the_others_go()
    {
        Ask(Anna);
        _spec.Press(_spec.LegOf(Dorota), '1');
        Assert.Equal(new Pair(0, _spec.LegOf(Dorota)), _spec.Call.Talk);
        Assert.Equal(EndCause.Elsewhere, _spec.Call.Legs[_spec.LegOf(Anna)].Cause);
        Assert.Equal([new DistributorCommand.Answered(_spec.Ticket, Number, 1, Dorota, Table.Now)], _spec.Told);
        Assert.True(FeatureKeys.Listens(_spec.Call, _spec.Call.Legs[_spec.LegOf(Dorota)])); // *022# from now on
    }

    [Theory]
    [InlineData('2')]
    [InlineData(null)] // nothing in time
    public void Any_other_key_or_none_is_no_answer(char? key)
    {
        Ask();
        var leg = _spec.LegOf(Dorota);
        if (key is { } pressed) _spec.Press(leg, pressed);
        else Table.Take(new CallCommand.GiveUpKey(leg));
        Assert.Equal<MissedOffer>([new(Dorota, "not-accepted")], Assert.IsType<DistributorCommand.OfferFailed>(Assert.Single(_spec.Told)).Missed);
        Assert.Contains(Table.Done<CallEffect.InDialog>(), request => request.Leg == leg && request.Method.Name == "BYE");
        Assert.NotNull(_spec.Wait);
        _spec.Bye();
        Assert.Equal("abandoned", Table.Events.OfType<CallEvent.Ended>().Single().Cdr.Disposition); // a voice mail is nobody's answer
    }

    [Fact]
    public void A_voice_mail_that_hangs_up_before_it_is_no_answer_either()
    {
        Ask();
        Table.FromCallee(_spec.LegOf(Dorota), "BYE", 2);
        Assert.IsType<DistributorCommand.OfferFailed>(Assert.Single(_spec.Told));
        Assert.NotNull(_spec.Wait);
    }

    [Fact]
    public void One_who_picks_up_at_a_phone_meanwhile_has_the_call_and_a_1_comes_too_late()
    {
        Ask(Anna);
        Table.Answer(_spec.LegOf(Anna), 200, "bob");
        Assert.Equal(new Pair(0, _spec.LegOf(Anna)), _spec.Call.Talk);
        var before = _spec.Call;
        _spec.Press(_spec.LegOf(Dorota), '1');
        Assert.Equal(before, _spec.Call);
        Assert.Single(_spec.AllTold.OfType<DistributorCommand.Answered>());
    }

    [Fact]
    public void Of_two_who_press_1_the_first_has_the_call()
    {
        _spec.Set(queue => queue with { Consultants = [new(Cezary) { PressOne = true }, new(Dorota) { PressOne = true }] });
        _spec.CallIn();
        _spec.Offer(1, Cezary, Dorota);
        foreach (var (line, consultant) in new[] { (0, Cezary), (1, Dorota) })
        {
            _spec.Grant(line);
            Table.Answer(_spec.LegOf(consultant), 200, "bob");
        }

        _spec.Press(_spec.LegOf(Dorota), '1');
        _spec.Press(_spec.LegOf(Cezary), '1');
        Assert.Equal(new Pair(0, _spec.LegOf(Dorota)), _spec.Call.Talk);
        Assert.False(_spec.Call.Legs[_spec.LegOf(Cezary)].Live);
    }

    [Fact]
    public void The_end_of_ringing_leaves_him_his_time()
    {
        Ask(Anna);
        _spec.RingingIsOver();
        Assert.Empty(_spec.Ringing);
        Assert.Equal(Anna, Assert.IsType<DistributorCommand.Declined>(Assert.Single(_spec.Told)).By.Consultant);
        _spec.Press(_spec.LegOf(Dorota), '1');
        Assert.NotNull(_spec.Call.Talk);
    }

    [Fact]
    public void The_caller_who_hangs_up_meanwhile_leaves()
    {
        Ask();
        _spec.Bye();
        Assert.Equal([new DistributorCommand.Leave(_spec.Ticket, QueueExit.Abandoned, Table.Now)], _spec.Told);
        Assert.All(_spec.Call.Legs, leg => Assert.False(leg.Live));
    }

    [Fact]
    public void A_restart_asks_again()
    {
        Ask();
        Table.Restart();
        Assert.Contains(Table.Done<CallEffect.StartTimer>(), timer => timer.Command is CallCommand.GiveUpKey(var leg) && leg == _spec.LegOf(Dorota));
        Assert.Equal("/accept-call.wav", _spec.HeardFiles(_spec.LegOf(Dorota)));
        _spec.Press(_spec.LegOf(Dorota), '1');
        Assert.NotNull(_spec.Call.Talk);
    }

    [Fact]
    public void Who_asks_to_be_called_back_hears_that_it_will_be_and_is_hung_up_on()
    {
        _spec.CallIn();
        _spec.Offer(1, Anna);
        _spec.Press(0, '#');
        Assert.Equal([new DistributorCommand.AskCallBack(_spec.Ticket, "+48601234567", Infoline.Value, Table.Now)], _spec.Told);
        Assert.Equal([Anna], _spec.Ringing);
        _spec.Say(new QueueNotice.CallBackKept());
        Assert.Empty(_spec.Ringing);
        Assert.Equal("/callback-accepted.wav", _spec.HeardFiles());
        Assert.Equal<MissedOffer>([new(Anna, "cancelled")], Assert.IsType<DistributorCommand.OfferFailed>(Assert.Single(_spec.Told)).Missed);
        _spec.Offer(2, Anna);
        Assert.Empty(_spec.Ringing);
        _spec.Played();
        var cdr = Table.Events.OfType<CallEvent.Ended>().Single().Cdr;
        Assert.Equal(("call-back", QueueExit.CallBack), (cdr.Disposition, cdr.Queues[0].Exit));
    }

    [Fact]
    public void Who_hangs_up_at_once_has_asked_before_it_left()
    {
        _spec.CallIn();
        _spec.Press(0, '#');
        _spec.Bye();
        Assert.Equal(["AskCallBack", "Leave"], _spec.AllTold.Select(told => told.GetType().Name).Distinct().Where(name => name != "Join"));
        Table.Restart();
        Assert.Equal(["AskCallBack", "Leave"], _spec.Told.Select(told => told.GetType().Name));
    }

    [Theory]
    [InlineData("anonymous")]
    [InlineData("+48701234567")] // premium
    [InlineData("+447700900123")]
    public void A_number_that_must_not_be_called_is_refused_and_waits_on(string caller)
    {
        var spec = new QueueSpec(caller);
        spec.CallIn();
        spec.Press(0, '#');
        Assert.Empty(spec.Told);
        Assert.Equal("/callback-refused.wav", spec.HeardFiles());
        spec.Played();
        Assert.Equal("music", spec.HeardFiles());
    }

    [Fact]
    public void Whom_the_distributor_refuses_it_waits_on_and_may_ask_again()
    {
        _spec.CallIn();
        _spec.Press(0, '#');
        _spec.Say(new QueueNotice.CallBackRefused());
        Assert.Equal(("/callback-refused.wav", CallBackWish.None), (_spec.HeardFiles(), _spec.Wait!.CallBack));
    }

    /// <summary>Dorota has answered and is asked to press 1; the others ring.</summary>
    void Ask(params ConsultantId[] others)
    {
        _spec.CallIn();
        _spec.Offer(1, [Dorota, .. others]);
        _spec.Grant(line: 0);
        Table.Answer(_spec.LegOf(Dorota), 200, "bob");
    }
}
