using TeleCube.Actors.Billing;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Sms;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>The SMS with the caller's number (PRODUCT §2, GUIDE §9): when the number begins to ring, once per call.</summary>
public sealed class CallerBySmsTests
{
    static readonly E164 _own = E164.Parse("+48943401128");
    static readonly ExternalNumber _boss = new(new("boss"), E164.Parse("+48501222333")) { SendsCallerBySms = true };

    readonly CallTable _call = new() { Now = new DateTimeOffset(2020, 3, 18, 10, 28, 31, TimeSpan.Zero) };

    public CallerBySmsTests()
    {
        Set(_boss);
        _call.Tariff = _call.Tariff with { Rows = [.. _call.Tariff.Rows, new TariffRow(TariffKey.SmsPremium, "SMS Premium", 0.15m)] };
    }

    [Theory]
    [InlineData("+48600100200", "Dzwoni: +48600100200 na numer +48943401128 (2020-03-18 11:28)")]
    [InlineData(null, "Dzwoni: numer zastrzeżony na numer +48943401128 (2020-03-18 11:28)")]
    public void It_tells_who_calls_which_number_and_when_it_is_there(string? caller, string text)
    {
        CallIn(caller);
        Assert.Empty(Told());
        _call.Answer(1, 180);
        var sms = Assert.Single(Told());
        Assert.Equal((_boss.Number.Value, text, new Price(0.15m, 0.0345m)), (sms.To, sms.Text, sms.Price));
        Assert.Contains(_call.Done<CallEffect.Note>(), note => note.Code == "sms" && !note.Text.Contains("501222333", StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_ringing_and_the_answer_send_no_other()
    {
        CallIn();
        _call.Answer(1, 180);
        _call.Answer(1, 183, "bob");
        _call.Answer(1, 200, "bob");
        Assert.Single(Told());
    }

    [Fact]
    public void Who_answers_without_ringing_is_sent_it_too()
    {
        CallIn();
        _call.Answer(1, 200, "bob");
        Assert.Single(Told());
    }

    [Fact]
    public void Once_more_to_the_same_number_and_after_a_restart_it_is_the_same_SMS()
    {
        CallIn();
        _call.Answer(1, 180);
        _call.Restart();
        var told = Told();
        Assert.Equal(2, told.Count);
        Assert.Equal(told[0], told[1]);
    }

    [Fact]
    public void A_number_that_never_rang_or_does_not_want_it_gets_none()
    {
        CallIn();
        _call.Answer(1, 486);
        Assert.Empty(Told());

        var other = new CallTable(1) { Tenant = _call.Tenant, Tariff = _call.Tariff };
        other.Dial("501222333"); // an extension dials the number itself: nothing is forwarded
        other.Take(new CallCommand.ChannelGranted("first", 1));
        other.Answer(1, 180);
        Assert.DoesNotContain(other.AllEffects, effect => effect is CallEffect.Tell { Message: SmsCommand });
    }

    [Fact]
    public void Without_the_switch_there_is_none()
    {
        Set(_boss with { SendsCallerBySms = false });
        CallIn();
        _call.Answer(1, 180);
        Assert.Empty(Told());
    }

    [Fact]
    public void Without_a_price_the_call_rings_all_the_same_and_the_timeline_says_why()
    {
        _call.Tariff = _call.Tariff with { Rows = [.. _call.Tariff.Rows.Where(row => row.Key != TariffKey.SmsPremium)] };
        CallIn();
        _call.Answer(1, 180);
        Assert.Empty(Told());
        Assert.Equal(180, _call.Response(180).Status);
        Assert.Contains(_call.Done<CallEffect.Note>(), note => note.Text.Contains("no price", StringComparison.Ordinal));
    }

    void Set(ExternalNumber number) => _call.Tenant = _call.Tenant with
    {
        ExternalNumbers = _call.Tenant.ExternalNumbers.SetItem(number.Id, number),
        PhoneNumbers = _call.Tenant.PhoneNumbers.SetItem(_own, new PhoneNumber(_own) { ForwardTo = new ForwardTarget.ToExternalNumber(number.Id) }),
    };

    void CallIn(string? caller = "+48600100200")
    {
        _call.Dial(_own.Value, new CallOrigin.Trunk("first", _own, caller, null));
        _call.Take(new CallCommand.ChannelGranted("first", 1));
    }

    IReadOnlyList<OutgoingSms> Told() =>
        [.. _call.AllEffects.OfType<CallEffect.Tell>().Select(told => told.Message).OfType<SmsCommand.Send>().Select(send => send.Sms)];
}
