using System.Text.Json;
using TeleCube.Scenarios.Tests.Given;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>Calls begun and steered over the API, between real phones.</summary>
public sealed class OrderedCallTests
{
    const string Calls = $"/api/v1/tenants/{DemoCompany.Id}/calls";
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task An_ordered_call_rings_both_and_is_held_keyed_transferred_and_ended()
    {
        await using var company = await DemoCompany.Start();
        var (secretary, office, third) = (await company.Phone("10"), await company.Phone("11"), await company.Phone("13"));

        var (status, answer) = await company.Try(HttpMethod.Post, Calls, new { from = "10", to = "11" }, "order-1");
        Assert.True(status == 201, $"{status} {answer}");
        var id = JsonDocument.Parse(answer).RootElement.GetProperty("id").GetString();
        await secretary.Rings();
        await secretary.Answer();
        await office.Rings(); // only now
        await office.Answer();
        await Task.WhenAll(secretary.Talks(), office.Talks());
        await Task.WhenAll(secretary.Hears(DemoCompany.Tone("11"), _second), office.Hears(DemoCompany.Tone("10"), _second));

        // The same order again is the same call.
        (status, answer) = await company.Try(HttpMethod.Post, Calls, new { from = "10", to = "11" }, "order-1");
        Assert.Equal((201, id), (status, JsonDocument.Parse(answer).RootElement.GetProperty("id").GetString()));
        Assert.Equal(422, (await company.Try(HttpMethod.Post, Calls, new { from = "10", to = "13" }, "order-1")).Status);
        Assert.Single((await company.Get(Calls)).GetProperty("items").EnumerateArray());

        await company.Send(HttpMethod.Post, $"{Calls}/{id}/hold");
        var held = await office.Listen(2 * _second);
        Assert.True(held.Heard(DemoCompany.Tone("10")) < 0.5 * _second, "the held party still hears the other");
        var call = await company.Get($"{Calls}/{id}");
        Assert.Contains(call.GetProperty("legs").EnumerateArray(), leg => leg.GetProperty("onHold").GetBoolean());
        await company.Send(HttpMethod.Post, $"{Calls}/{id}/resume");
        await Task.WhenAll(secretary.Hears(DemoCompany.Tone("11"), _second), office.Hears(DemoCompany.Tone("10"), _second));

        await company.Send(HttpMethod.Post, $"{Calls}/{id}/dtmf", new { digits = "42#" });
        foreach (var digit in "42#") await office.HearsDigit(digit);

        await company.Send(HttpMethod.Post, $"{Calls}/{id}/transfer", new { to = "13" });
        await third.Rings();
        await third.Answer();
        await third.Talks();
        await secretary.IsOver();
        await Task.WhenAll(office.Hears(DemoCompany.Tone("13"), _second), third.Hears(DemoCompany.Tone("11"), _second));

        await company.Send(HttpMethod.Delete, $"{Calls}/{id}");
        await Task.WhenAll(office.IsOver(), third.IsOver());
        var cdr = Assert.Single(await company.Cdrs(1));
        Assert.Equal((id, "answered", 3), (cdr.GetProperty("id").GetString(), cdr.GetProperty("disposition").GetString(), cdr.GetProperty("legs").GetArrayLength()));
        Assert.Equal(404, (await company.Try(HttpMethod.Delete, $"{Calls}/{id}")).Status);

        var asked = (await company.Get("/api/v1/operator/audit?actor=operator")).GetProperty("items").EnumerateArray()
            .Where(entry => entry.GetProperty("resourceId").GetString() == id).ToList();
        Assert.Equal(
            ["hang-up-call", "transfer-call", "send-digits", "resume-call", "hold-call", "order-call"],
            asked.Select(entry => entry.GetProperty("action").GetString()));
        Assert.All(asked, entry => Assert.Equal(DemoCompany.Id, entry.GetProperty("tenant").GetString()));
    }

    [Fact]
    public async Task An_ordered_call_whose_first_phone_refuses_rings_nobody_else()
    {
        await using var company = await DemoCompany.Start();
        var (secretary, office) = (await company.Phone("10"), await company.Phone("11"));

        await company.Send(HttpMethod.Post, Calls, new { from = "10", to = "11" });
        await secretary.Rings();
        await secretary.HangUp();

        var cdr = Assert.Single(await company.Cdrs(1));
        Assert.Equal(("not-taken-by-orderer", "internal"), (cdr.GetProperty("disposition").GetString(), cdr.GetProperty("direction").GetString()));
        Assert.DoesNotContain(office.Events, happened => happened.Type == "CALL_INCOMING");
    }
}
