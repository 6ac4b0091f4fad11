using System.Text;
using System.Text.Json.Nodes;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Views;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Sms;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;
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
        Assert.Contains("only Polish mobiles", Path(_call)[1].Reason, StringComparison.Ordinal);
        Assert.Equal(new Party.Phone("11"), _call.Call.Legs[1].Party);
    }

    [Fact]
    public void A_flood_of_calls_that_claim_one_number_sends_it_three_SMS_and_every_call_goes_on_with_the_reason_on_its_way()
    {
        var gate = new SmsGate(new SmsLedger(SmsLimits.Default));
        var calls = Enumerable.Range(0, 200).Select(i => Flooding(i, gate, "+48601234567")).ToList();

        Assert.Equal(3, calls.Sum(call => Sent(call).Count));
        Assert.All(calls, call => Assert.Equal(new Party.Phone(Sent(call).Count == 1 ? "11" : "12"), call.Call.Legs[1].Party));
        var refused = Path(calls[3])[1];
        Assert.Equal("notSent", refused.Exit);
        Assert.Contains("3 SMS within 60 min", refused.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("601234567", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flood_of_calls_that_claim_a_number_each_sends_no_more_than_the_company_may()
    {
        var gate = new SmsGate(new SmsLedger(new SmsLimits(TimeSpan.FromHours(1), 3, 5, 20)));
        var calls = Enumerable.Range(0, 200).Select(i => Flooding(i, gate, $"+48601{i:000000}")).ToList();

        Assert.Equal(20, calls.SelectMany(Sent).Select(sms => sms.Id).Distinct().Count()); // as many actors
        Assert.All(calls, call => Assert.Equal(CallPhase.Setup, call.Call.Phase));
        Assert.Contains("the company's schemes", Path(calls[^1])[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_element_that_is_passed_again_and_again_in_one_call_counts_once()
    {
        var gate = new SmsGate(new SmsLedger(new SmsLimits(TimeSpan.FromHours(1), 1, 1, 1)));
        _call.World = _call.World with { Sms = gate };
        CallIn(_sms with { Exits = To(("next", "desk"), ("notSent", "end")) }, Extension("desk", "11", ("noAnswer", "tell")), Hangup());
        for (var i = 0; i < 3; i++)
        {
            _call.Answer(_call.Call.Legs[^1].Number, 180);
            _call.Take(new CallCommand.GiveUpRinging(_call.Call.Step));
        }

        Assert.Equal(new Party.Phone("11"), _call.Call.Legs[^1].Party);
        Assert.Single(Sent());
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
    public void No_address_stands_in_the_journal_for_it_may_hold_a_token()
    {
        CallIn(_who with { Url = "https://crm.example.org/route?token=abracadabra" }, Extension("desk", "11"), Hangup());
        Assert.Equal("?token=abracadabra", Assert.Single(_call.Done<CallEffect.Ask>()).Url.Query);
        var registry = new EventRegistry().AddCallEvents();
        Assert.All(_call.Events, happened => Assert.DoesNotContain("abracadabra", Encoding.UTF8.GetString(registry.Encode(happened).Payload), StringComparison.Ordinal));
        Assert.All(Path(_call), decision => Assert.DoesNotContain("abracadabra", decision.Reason, StringComparison.Ordinal));
        _call.Restart();
        Assert.Equal("?token=abracadabra", Assert.Single(_call.Done<CallEffect.Ask>()).Url.Query);
    }

    [Fact]
    public void A_call_whose_journal_has_the_address_is_taken_up_all_the_same()
    {
        CallIn(_who, Extension("desk", "11"), Hangup());
        var registry = new EventRegistry().AddCallEvents();
        var (type, version, payload) = registry.Encode(_call.Events.OfType<CallEvent.SchemeMoved>().Last());
        var older = JsonNode.Parse(payload)!;
        older["position"]!["wait"]!["url"] = "https://crm.example.org/";
        var read = (CallEvent.SchemeMoved)registry.Decode(type, version, Encoding.UTF8.GetBytes(older.ToJsonString()));
        Assert.Equal(new SchemeWait.Deciding(TimeSpan.FromSeconds(3), 1), read.Position!.Wait);
    }

    [Fact]
    public void A_restart_after_the_version_is_gone_does_not_hold_the_call()
    {
        CallIn(_who, Extension("desk", "11"), Hangup());
        _call.Tenant = _call.Tenant with { Schemes = _call.Tenant.Schemes.Remove(Id) };
        _call.Restart();
        Assert.Equal(EndCause.SchemeGone.Code, _call.Call.Cause!.Code);
    }

    [Fact]
    public void The_keys_of_a_menu_are_told()
    {
        _call.Prompts["enter-number"] = new PlaySource.Files(["/choose.wav"]);
        CallIn(new MenuElement { Id = new("menu"), Sound = SoundId.OfPrompt("enter-number"), Exits = To(("1", "who"), ("timeout", "end"), ("invalid", "end")) }, _who, Extension("desk", "11"), Hangup());
        foreach (var key in "91") _call.Take(new CallCommand.Media(new MediaEvent.Dtmf(new StreamId(_call.Call.Legs[0].Media!.Stream), key, TimeSpan.FromMilliseconds(100))));
        Assert.Equal("91", Assert.Single(_call.Done<CallEffect.Ask>()).Question.Digits);
    }

    void CallIn(params SchemeElement[] elements) => CallIn(_call, "+48601234567", elements);

    static void CallIn(CallTable call, string caller, params SchemeElement[] elements)
    {
        var scheme = new Scheme(Id).With(new SchemeVersion(1, Graph(elements), "admin", call.Now));
        call.Tenant = call.Tenant with
        {
            Schemes = call.Tenant.Schemes.SetItem(Id, scheme),
            PhoneNumbers = call.Tenant.PhoneNumbers.SetItem(Landline, new(Landline) { ForwardTo = new ForwardTarget.ToScheme(Id) }),
        };
        call.Dial(Landline.Value, new CallOrigin.Trunk("first", Landline, caller, null));
    }

    /// <summary>One call of many: who is sent an SMS is led to 11, everybody else to 12.</summary>
    CallTable Flooding(int number, SmsGate gate, string caller)
    {
        var call = new CallTable(number) { Tariff = _call.Tariff };
        call.World = call.World with { Sms = gate };
        CallIn(call, caller, _sms with { To = null, Exits = To(("next", "desk"), ("notSent", "other")) }, Extension("desk", "11"), Extension("other", "12"));
        return call;
    }

    static List<SchemeDecision> Path(CallTable call) => [.. call.Events.OfType<CallEvent.SchemeMoved>().SelectMany(moved => moved.Path)];

    List<OutgoingSms> Sent() => Sent(_call);

    static List<OutgoingSms> Sent(CallTable call) => [.. call.AllEffects.OfType<CallEffect.Tell>().Select(told => told.Message).OfType<SmsCommand.Send>().Select(send => send.Sms)];
}
