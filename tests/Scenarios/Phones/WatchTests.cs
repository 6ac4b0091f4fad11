using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Scenarios.Tests.Recovery;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Tests.Support.Sipp;

namespace TeleCube.Scenarios.Tests.Phones;

/// <summary>Lamps: a phone watches another extension of its company (RFC 6665, RFC 4235, RFC 3856).</summary>
public sealed class WatchTests
{
    static uint VersionOf(SipRequest notify) =>
        uint.Parse(Regex.Match(Encoding.UTF8.GetString(notify.Body.Span), " version=\"(\\d+)\"").Groups[1].Value, CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_lamp_follows_a_call_between_real_phones()
    {
        await using var company = await DemoCompany.Start();
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "12");
        var lamp = await FarmWatch.Begin(farm["12"], "11");
        Assert.Equal((200, TimeSpan.FromSeconds(600)), (lamp.Answer.Status, lamp.Answer.Expires));
        await lamp.Until("active;expires=");

        var caller = await company.Phone("10");
        var office = await company.Phone("11");
        await caller.Dial("11");
        await office.Rings();
        var rings = await lamp.Until("<state>early</state>");
        Assert.Contains("sip:10@", Encoding.UTF8.GetString(rings.Body.Span), StringComparison.Ordinal);
        await office.Answer();
        var talks = await lamp.Until("<state>confirmed</state>");
        Assert.True(VersionOf(talks) > VersionOf(rings));
        await caller.HangUp();
        await lamp.Until("<state>terminated</state>");

        Assert.Equal(200, (await lamp.Refresh(0)).Status);
        await lamp.Until("terminated;reason=timeout");
        Assert.Equal(481, (await lamp.Refresh(600)).Status);
    }

    [Fact]
    public async Task Only_who_proves_himself_watches_and_only_what_there_is()
    {
        await using var company = await DemoCompany.Start();
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "12");
        Assert.Equal(401, (await FarmWatch.Begin(farm["12"], "11", password: false)).Answer.Status);
        Assert.Equal(404, (await FarmWatch.Begin(farm["12"], "49")).Answer.Status);
        Assert.Equal(403, (await FarmWatch.Begin(farm["12"], "11", "message-summary")).Answer.Status);
        var unknown = (await FarmWatch.Begin(farm["12"], "11", "conference")).Answer;
        Assert.Equal(489, unknown.Status);
        Assert.Contains("dialog, presence, message-summary", unknown.Headers.First(SipHeaderName.AllowEvents), StringComparison.Ordinal);
        var brief = (await FarmWatch.Begin(farm["12"], "11", expires: 5)).Answer;
        Assert.Equal((423, TimeSpan.FromSeconds(60)), (brief.Status, brief.Get<MinExpires>()!.Lifetime));
    }

    [Fact]
    public async Task A_subscription_survives_kill_minus_nine()
    {
        await using var company = await DemoCompany.Start();
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "10", "11", "12");
        var lamp = await FarmWatch.Begin(farm["12"], "11");
        var before = await lamp.Until("active;expires=");
        var talk = await farm["10"].Dial("11", 1500);
        var office = await farm["11"].Incoming(CancellationToken.None);
        office.Answer();
        await talk.Final.WaitAsync(FarmTalk.Guard);
        await lamp.Until("<state>confirmed</state>");

        await company.Node.Kill();
        await company.Node.StartAgain();
        var after = await lamp.Until("<state>confirmed</state>"); // unasked, and the call is still up
        Assert.Equal((before.CallId, before.From.Tag), (after.CallId, after.From.Tag));
        Assert.True(after.CSeq.Number > before.CSeq.Number && VersionOf(after) > VersionOf(before));
        await talk.Bye().WaitAsync(FarmTalk.Guard);
        await lamp.Until("<state>terminated</state>");
        Assert.Equal(200, (await lamp.Refresh(600)).Status);
        await lamp.Until("active;expires=");
    }

    [Fact]
    public async Task Presence_shows_do_not_disturb_and_who_is_gone()
    {
        await using var company = await DemoCompany.Start();
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "11", "12");
        var seen = await FarmWatch.Begin(farm["12"], "firmaabcde_11", "presence");
        await seen.Until("<basic>open</basic>");
        await company.SetExtension("11", new { description = "Biuro", doNotDisturb = true });
        await seen.Until("<rpid:away/>");
        await company.SetExtension("11", new { description = "Biuro" });
        await seen.Until("Available");
    }

    [Fact]
    public async Task Baresip_lights_its_message_lamp()
    {
        await using var company = await DemoCompany.Start();
        var phone = await company.Phone(company.Of("10") with { Modules = ["mwi.so"] });
        var lamp = await phone.Expect("MWI_NOTIFY", FarmTalk.Guard);
        Assert.Contains("Messages-Waiting: no", lamp.Param, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_phone_that_never_asked_is_told_of_its_messages_if_the_operator_wants_it()
    {
        await using var company = await DemoCompany.Start("telecube.sip.unsolicited-mwi = on");
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "12");
        using var guard = new CancellationTokenSource(FarmTalk.Guard);
        var told = await farm["12"].Unsolicited(guard.Token);
        Assert.Equal("message-summary", told.Get<Event>()!.Package);
        Assert.StartsWith("Messages-Waiting: no\r\n", Encoding.UTF8.GetString(told.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_make_of_phone_watches_too()
    {
        await using var company = await DemoCompany.Start();
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "10", "11");
        await using var lamp = await SippRun.Start(new()
        {
            Scenario = Carrier.Scenario("Phones/lamp.xml"),
            Remote = company.Node.Sip,
            Service = "11",
            Credentials = ("firmaabcde_12", "demo-12"),
            Calls = 1,
        });
        await lamp.Until(messages => messages.Contains("<dialog-info", StringComparison.Ordinal), FarmTalk.Guard);
        var talk = await farm["10"].Dial("11", 1500);
        var office = await farm["11"].Incoming(CancellationToken.None);
        office.Answer();
        await talk.Final.WaitAsync(FarmTalk.Guard);
        var result = await lamp.End(); // once it saw the call, it ends its subscription
        Assert.True(result.IsFine, result.ToString());
        Assert.Contains("Subscription-State: terminated;reason=timeout", result.Messages, StringComparison.Ordinal);
        await talk.Bye().WaitAsync(FarmTalk.Guard);
    }
}
