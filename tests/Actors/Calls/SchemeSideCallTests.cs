using TeleCube.Actors.Announcements;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Sms;
using TeleCube.Actors.Tenants;
using TeleCube.Media.Messages;
using static TeleCube.Actors.Tests.Schemes.SchemeTable;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>A call in a scheme that sends an SMS, or asks a server where to go on: once, also over a restart, and never held up for long.</summary>
public sealed class SchemeSideCallTests
{
    static readonly SmsElement _sms = new() { Id = new("tell"), To = E164.Parse("+48501222333"), Text = "Dzwoni {caller}", Exits = To(("next", "desk")) };
    static readonly WebhookElement _who = new() { Id = new("who"), Url = "https://crm.example.org/", Answers = ["vip"], Exits = To(("vip", "desk"), ("error", "end")) };

    readonly CallTable _call = new();

    public SchemeSideCallTests() =>
        _call.Tariff = _call.Tariff with { Rows = [.. _call.Tariff.Rows, new TariffRow(TariffKey.SmsPremium, "SMS Premium", 0.15m)] };

    [Fact]
    public void An_SMS_is_sent_once_with_its_price_and_told_again_after_a_restart()
    {
        CallIn(_sms, Extension("desk", "11", ("noAnswer", "tell")));
        Assert.Equal(("+48501222333", "Dzwoni +48601234567", 0.15m), (Sent()[0].To, Sent()[0].Text, Sent()[0].Price.Net));
        Assert.Equal(new Party.Phone("11"), _call.Call.Legs[1].Party);

        _call.Answer(1, 180);
        _call.Take(new CallCommand.GiveUpRinging(_call.Call.Step)); // and round by the SMS again
        Assert.Single(Sent());
        _call.Restart();
        Assert.Equal(Sent()[0], Sent()[1]); // the same: its actor knows the id
    }

    [Theory]
    [InlineData("+48943401199")] // a landline
    [InlineData("+442071234567")]
    public void Who_takes_no_SMS_is_sent_none_and_the_call_goes_on(string to)
    {
        CallIn(_sms with { To = E164.Parse(to) }, Extension("desk", "11"));
        Assert.Empty(Sent());
        Assert.Contains(_call.AllEffects.OfType<CallEffect.Note>(), note => note.Code == "sms");
        Assert.Equal(new Party.Phone("11"), _call.Call.Legs[1].Party);
    }

    [Fact]
    public void A_server_is_asked_and_its_answer_followed()
    {
        CallIn(_who, Extension("desk", "11"), Hangup());
        var asked = Assert.Single(_call.Done<CallEffect.Ask>());
        Assert.Equal(("+48601234567", Landline.Value, "", _call.Call.Id.Value), (asked.Question.Caller, asked.Question.Dialled, asked.Question.Digits, asked.Question.CallId));
        _call.Take(new CallCommand.Decided(asked.Serial, "vip", ""));
        Assert.Equal(new Party.Phone("11"), _call.Call.Legs[1].Party);
        _call.Take(new CallCommand.Decided(asked.Serial, null, "late")); // is for nobody
        Assert.Equal(CallPhase.Setup, _call.Call.Phase);
    }

    [Fact]
    public void A_server_that_says_nothing_does_not_hold_the_call()
    {
        CallIn(_who, Extension("desk", "11"), Hangup());
        _call.Take(new CallCommand.SchemeTimeIsUp(Assert.Single(_call.Done<CallEffect.Ask>()).Serial));
        Assert.Equal("scheme-ended", _call.Call.Cause!.Code);
    }

    [Fact]
    public void A_restart_asks_again()
    {
        CallIn(_who, Extension("desk", "11"), Hangup());
        var asked = Assert.Single(_call.Done<CallEffect.Ask>());
        _call.Restart();
        Assert.Equal(asked, Assert.Single(_call.Done<CallEffect.Ask>()));
        _call.Take(new CallCommand.Decided(asked.Serial, "vip", ""));
        Assert.Equal(new Party.Phone("11"), _call.Call.Legs[^1].Party);
    }

    [Fact]
    public void The_keys_of_a_menu_are_told()
    {
        _call.Prompts["enter-number"] = new PlaySource.Files(["/choose.wav"]);
        CallIn(new MenuElement { Id = new("menu"), Sound = SoundId.OfPrompt("enter-number"), Exits = To(("1", "who"), ("timeout", "end"), ("invalid", "end")) }, _who, Extension("desk", "11"), Hangup());
        foreach (var key in "91") _call.Take(new CallCommand.Media(new MediaEvent.Dtmf(new StreamId(_call.Call.Legs[0].Media!.Stream), key, TimeSpan.FromMilliseconds(100))));
        Assert.Equal("91", Assert.Single(_call.Done<CallEffect.Ask>()).Question.Digits);
    }

    void CallIn(params SchemeElement[] elements)
    {
        var scheme = new Scheme(Id).With(new SchemeVersion(1, Graph(elements), "admin", _call.Now));
        _call.Tenant = _call.Tenant with
        {
            Schemes = _call.Tenant.Schemes.SetItem(Id, scheme),
            PhoneNumbers = _call.Tenant.PhoneNumbers.SetItem(Landline, new(Landline) { ForwardTo = new ForwardTarget.ToScheme(Id) }),
        };
        _call.Dial(Landline.Value, new CallOrigin.Trunk("first", Landline, "+48601234567", null));
    }

    List<OutgoingSms> Sent() => [.. _call.AllEffects.OfType<CallEffect.Tell>().Select(told => told.Message).OfType<SmsCommand.Send>().Select(send => send.Sms)];
}
