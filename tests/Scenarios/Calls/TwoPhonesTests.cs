using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>Two phones of the demo company: real ones, a real node, real audio.</summary>
public sealed class TwoPhonesTests
{
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("10")]
    [InlineData("11")]
    public async Task They_talk_both_ways_until_either_hangs_up(string endedBy)
    {
        await using var company = await DemoCompany.Start();
        var secretary = await company.Phone("10");
        var office = await company.Phone("11");

        await secretary.Dial("11");
        await office.Rings();
        await secretary.HearsRinging();
        await office.Answer();
        await Task.WhenAll(secretary.Talks(), office.Talks());
        await Task.WhenAll(secretary.Hears(DemoCompany.Tone("11"), _second), office.Hears(DemoCompany.Tone("10"), _second));

        await (endedBy == "10" ? secretary : office).HangUp();
        await (endedBy == "10" ? office : secretary).IsOver();

        var cdr = Assert.Single(await company.Cdrs(1));
        Assert.Equal("10", cdr.GetProperty("caller").GetString());
        Assert.Equal("11", cdr.GetProperty("callee").GetString());
        Assert.Equal("answered", cdr.GetProperty("disposition").GetString());
        Assert.InRange(cdr.GetProperty("durationSeconds").GetInt32(), 1, 15);
    }

    [Fact]
    public async Task They_talk_on_PostgreSQL_and_the_call_can_be_told_step_by_step()
    {
        await using var postgres = await ThrowawayPostgres.Start();
        await using var company = await DemoCompany.StartOn(await postgres.CreateDatabase());
        var secretary = await company.Phone("10");
        var office = await company.Phone("11");

        await secretary.Dial("11");
        await office.Rings();
        await office.Answer();
        await Task.WhenAll(secretary.Talks(), office.Talks());
        await Task.WhenAll(secretary.Hears(DemoCompany.Tone("11"), _second), office.Hears(DemoCompany.Tone("10"), _second));
        await secretary.HangUp();
        await office.IsOver();

        var cdr = Assert.Single(await company.Cdrs(1));
        Assert.Equal(("11", "answered"), (cdr.GetProperty("callee").GetString(), cdr.GetProperty("disposition").GetString()));
        var path = $"/api/v1/tenants/{DemoCompany.Id}/calls/{cdr.GetProperty("id").GetString()}/timeline";
        await DemoCompany.Until(async () => ((await company.Try(HttpMethod.Get, path)).Status == 200, path), TimeSpan.FromSeconds(30));
        var steps = (await company.Get(path)).GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("code").GetString()).ToList();
        Assert.Equal(["routed", "bridged", "ended"], steps.Where(step => step is "routed" or "bridged" or "ended"));
    }

    [Fact]
    public async Task They_talk_over_tcp_as_well()
    {
        await using var company = await DemoCompany.Start();
        var secretary = await company.Phone("10", transport: "tcp");
        var office = await company.Phone("11");

        await secretary.Dial("11");
        await office.Rings();
        await office.Answer();
        await Task.WhenAll(secretary.Talks(), office.Talks());
        await Task.WhenAll(secretary.Hears(DemoCompany.Tone("11"), _second), office.Hears(DemoCompany.Tone("10"), _second));
        await office.HangUp();
        await secretary.IsOver();
    }
}
