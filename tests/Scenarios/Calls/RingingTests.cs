using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support.Capture;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>What may happen before somebody answers.</summary>
public sealed class RingingTests
{
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task The_first_phone_to_answer_wins_and_the_other_is_told_why()
    {
        await using var company = await DemoCompany.Start();
        var caller = await company.Phone("10");
        var desk = await company.Phone("11", toneHz: 900);
        var mobile = await company.Phone("11", toneHz: 1500);
        await using var wire = await LoopbackCapture.Start($"udp port {desk.SipPort}");

        await caller.Dial("11");
        await Task.WhenAll(desk.Rings(), mobile.Rings());
        await mobile.Answer();
        await Task.WhenAll(caller.Talks(), mobile.Talks(), desk.IsOver());
        await Task.WhenAll(caller.Hears(1500, _second), mobile.Hears(DemoCompany.Tone("10"), _second));

        await caller.HangUp();
        await mobile.IsOver();
        Assert.Single(await company.Cdrs(1));
        var cancelled = Assert.Single(await wire.Fields("sip.Method == \"CANCEL\"", "sip.Reason"));
        Assert.Contains("200", cancelled[0], StringComparison.Ordinal); // RFC 3326: "Call completed elsewhere"
    }

    [Fact]
    public async Task A_callee_who_refuses_is_busy()
    {
        await using var company = await DemoCompany.Start();
        var caller = await company.Phone("10");
        var office = await company.Phone("11");
        await caller.Dial("11");
        await office.Rings();
        await office.HangUp();
        Assert.StartsWith("486", (await caller.IsOver()).Param, StringComparison.Ordinal);
        Assert.NotEqual("answered", Assert.Single(await company.Cdrs(1)).GetProperty("disposition").GetString());
    }

    [Fact]
    public async Task A_caller_who_gives_up_stops_the_ringing()
    {
        await using var company = await DemoCompany.Start();
        var caller = await company.Phone("10");
        var office = await company.Phone("11");
        await caller.Dial("11");
        await office.Rings();
        await caller.HearsRinging();
        await caller.HangUp();
        await office.IsOver();
        Assert.Single(await company.Cdrs(1));
    }

    [Fact]
    public async Task Nobody_answers_in_time()
    {
        await using var company = await DemoCompany.Start();
        await company.SetExtension("11", new { ringSeconds = 5 });
        var caller = await company.Phone("10");
        var office = await company.Phone("11");
        await caller.Dial("11");
        await office.Rings();
        await office.IsOver();
        Assert.Matches("^4(08|80)", (await caller.IsOver()).Param);
    }

    [Fact]
    public async Task Nobody_disturbs_who_asks_not_to_be()
    {
        await using var company = await DemoCompany.Start();
        await company.SetExtension("11", new { doNotDisturb = true });
        var caller = await company.Phone("10");
        var office = await company.Phone("11");
        await caller.Dial("11");
        Assert.StartsWith("48", (await caller.IsOver()).Param, StringComparison.Ordinal);
        Assert.DoesNotContain(office.Events, happened => happened.Type == "CALL_INCOMING");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_talks_is_rung_again_with_call_waiting_only(bool waiting)
    {
        await using var company = await DemoCompany.Start();
        await company.SetExtension("11", new { callWaiting = waiting });
        var first = await company.Phone("10");
        var office = await company.Phone("11");
        var second = await company.Phone("13");
        await first.Dial("11");
        await office.Rings();
        await office.Answer();
        await Task.WhenAll(first.Talks(), office.Talks());

        await second.Dial("11");
        if (waiting)
        {
            await office.Rings();
            await second.HearsRinging();
            await office.Hears(DemoCompany.Tone("10"), _second);
            await office.Answer(); // and the first is put on hold
            await Task.WhenAll(second.Talks(), office.Talks());
            await Task.WhenAll(second.Hears(DemoCompany.Tone("11"), _second), office.Hears(DemoCompany.Tone("13"), _second));
            await second.HangUp();
            await office.IsOver();
        }
        else
        {
            Assert.StartsWith("486", (await second.IsOver()).Param, StringComparison.Ordinal);
            Assert.Single(office.Events, happened => happened.Type == "CALL_INCOMING");
        }

        await first.HangUp();
        await office.IsOver();
        Assert.Equal([waiting ? "answered" : "busy", "answered"], (await company.Cdrs(2)).Select(cdr => cdr.GetProperty("disposition").GetString()).Reverse());
    }

    [Theory]
    [InlineData("unconditional")]
    [InlineData("busy")]
    [InlineData("noAnswer")]
    [InlineData("unreachable")]
    public async Task An_extension_is_forwarded(string when)
    {
        await using var company = await DemoCompany.Start();
        await company.SetExtension("11", new { ringSeconds = 5, forwards = new Dictionary<string, string> { [when] = "13" } });
        var caller = await company.Phone("10");
        var third = await company.Phone("13");
        var office = when is "unreachable" ? null : await company.Phone("11");

        await caller.Dial("11");
        if (when is "busy" or "noAnswer") await office!.Rings();
        if (when is "busy") await office!.HangUp();
        await third.Rings();
        await third.Answer();
        await Task.WhenAll(caller.Talks(), third.Talks());
        await Task.WhenAll(caller.Hears(DemoCompany.Tone("13"), _second), third.Hears(DemoCompany.Tone("10"), _second));
        await third.HangUp();
        await caller.IsOver();
        Assert.Single(await company.Cdrs(1));
    }
}
