using TeleCube.Scenarios.Tests.Given;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>A node that the operator empties: what runs goes on, what is new is sent elsewhere, help can be called.</summary>
public sealed class DrainTests
{
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_drained_node_carries_its_calls_to_their_end_and_begins_only_emergency_calls()
    {
        await using var company = await DemoCompany.Start();
        var (secretary, office, third) = (await company.Phone("10"), await company.Phone("11"), await company.Phone("13"));
        await secretary.Dial("11");
        await office.Rings();
        await office.Answer();
        await Task.WhenAll(secretary.Talks(), office.Talks());

        await company.Send(HttpMethod.Post, "/api/v1/operator/nodes/node-1/drain");
        var (status, report) = await company.Try(HttpMethod.Get, "/readyz");
        Assert.Equal(503, status);
        Assert.Contains("draining", report, StringComparison.Ordinal);
        await third.Dial("10");
        Assert.Contains("503", (await third.IsOver()).Param, StringComparison.Ordinal);
        Assert.Equal(503, (await company.Try(HttpMethod.Post, $"/api/v1/tenants/{DemoCompany.Id}/calls", new { from = "13", to = "10" })).Status);

        // No trunk leads to 112 here; but the call began, so it has a record.
        await third.Dial("112");
        await third.IsOver();
        Assert.Equal("112", Assert.Single(await company.Cdrs(1)).GetProperty("callee").GetString());

        await Task.WhenAll(secretary.Hears(DemoCompany.Tone("11"), _second), office.Hears(DemoCompany.Tone("10"), _second));
        await secretary.HangUp();
        await office.IsOver();
        Assert.Contains(await company.Cdrs(2), cdr => cdr.GetProperty("disposition").GetString() == "answered");

        await company.Send(HttpMethod.Post, "/api/v1/operator/nodes/node-1/resume");
        Assert.Equal(200, (await company.Try(HttpMethod.Get, "/readyz")).Status);
        await third.Dial("10");
        await secretary.Rings();
    }
}
