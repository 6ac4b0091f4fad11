using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support.Events;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>What a client of the event stream hears of real calls, also when the node is killed under it.</summary>
public sealed class EventStreamTests
{
    const string Path = $"tenants/{DemoCompany.Id}/events?after=0";

    [Fact]
    public async Task A_client_hears_of_each_thing_once_and_in_order_over_a_kill()
    {
        await using var company = await DemoCompany.Start();
        using var http = company.Client();
        await using var client = new EventReader(http, Path);
        await client.Open();
        var (secretary, office) = (await company.Phone("10"), await company.Phone("11"));
        await client.Hears("registration.added", phone => phone.GetProperty("extension").GetString() == "11");

        await secretary.Dial("11");
        await office.Rings();
        await office.Answer();
        await Task.WhenAll(secretary.Talks(), office.Talks());
        var call = (await client.Hears("call.begun")).GetProperty("call").GetString();
        await client.Hears("call.answered");

        await company.Node.Kill();
        await company.Node.StartAgain();
        await client.Open();
        await client.Hears("call.recovered");
        await company.Send(HttpMethod.Post, $"/api/v1/tenants/{DemoCompany.Id}/calls/{call}/hold");
        await client.Hears("call.held");
        await company.Send(HttpMethod.Delete, $"/api/v1/tenants/{DemoCompany.Id}/calls/{call}");
        var ended = await client.Hears("call.ended");

        Assert.Equal(call, Assert.Single(await company.Cdrs(1)).GetProperty("id").GetString());
        Assert.Equal((call, "answered"), (ended.GetProperty("cdr").GetString(), ended.GetProperty("disposition").GetString()));
        Assert.Equal(Enumerable.Range(1, client.Heard.Count).Select(id => (long)id), client.Heard.Select(said => said.Id));
        Assert.Equal(
            ["call.begun", "call.ringing", "call.answered", "call.recovered", "call.held", "call.ended"],
            client.Heard.Where(said => said.Type.StartsWith("call.", StringComparison.Ordinal)).Select(said => said.Type));

        // Who reads it all again is told the same.
        await using var second = new EventReader(http, Path);
        await second.Open();
        await second.Hears("call.ended");
        Assert.Equal(client.Heard.Select(said => (said.Id, said.Type)), second.Heard.Select(said => (said.Id, said.Type)));
    }

    [Fact]
    public async Task A_killed_node_has_told_of_every_call_that_has_a_record()
    {
        await using var company = await DemoCompany.Start();
        var (secretary, office) = (await company.Phone("10"), await company.Phone("11"));
        using var http = company.Client();
        await using var client = new EventReader(http, Path);
        await client.Open();
        for (var round = 0; round < 3; round++)
        {
            await secretary.Dial("11");
            await office.Rings();
            await secretary.HangUp();
            await office.IsOver();
            await company.Cdrs(round + 1);
            await company.Node.Kill();
            await company.Node.StartAgain();
        }

        await client.Open();
        foreach (var cdr in await company.Cdrs(3))
            await client.Hears("call.ended", ended => ended.GetProperty("cdr").GetString() == cdr.GetProperty("id").GetString());
        Assert.Equal(Enumerable.Range(1, client.Heard.Count).Select(id => (long)id), client.Heard.Select(said => said.Id));
        Assert.Equal(3, client.Heard.Count(said => said.Type == "call.ended"));
    }
}
