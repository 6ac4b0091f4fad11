using System.Text.Json;
using TeleCube.Scenarios.Tests.Given;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>The SIP ladder of a call as people see it.</summary>
public sealed class TimelineTests
{
    [Fact]
    public async Task It_shows_each_message_with_its_leg_and_as_it_was_on_the_wire()
    {
        await using var company = await DemoCompany.Start();
        var (secretary, office) = (await company.Phone("10"), await company.Phone("11"));
        await secretary.Dial("11");
        await office.Rings();
        await secretary.HearsRinging();
        await secretary.HangUp();
        await office.IsOver();

        var id = Assert.Single(await company.Cdrs(1)).GetProperty("id").GetString();
        IReadOnlyList<JsonElement> entries = [];
        await DemoCompany.Until(
            async () =>
            {
                entries = [.. (await company.Get($"/api/v1/tenants/{DemoCompany.Id}/calls/{id}/timeline")).GetProperty("items").EnumerateArray()];
                return (Is(entries, "sip-in", "487", 1) is not null, string.Join('\n', entries)); // the last to come
            },
            TimeSpan.FromSeconds(40));

        Assert.Contains($"127.0.0.1:{secretary.SipPort}", Via(Is(entries, "sip-in", "INVITE", 0)), StringComparison.Ordinal);
        Assert.Contains($"{company.Node.Sip}", Via(Is(entries, "sip-out", "INVITE", 1)), StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{secretary.SipPort}", Via(Is(entries, "sip-in", "CANCEL", 0)), StringComparison.Ordinal);
        foreach (var (kind, code, leg) in new[] { ("sip-in", "180", 1), ("sip-out", "180", 0), ("sip-out", "CANCEL", 1), ("sip-out", "487", 0) })
            Assert.True(Is(entries, kind, code, leg) is not null, $"{kind} {code} of leg {leg} is missing in\n{string.Join('\n', entries)}");
    }

    static JsonElement? Is(IEnumerable<JsonElement> entries, string kind, string code, int leg) => entries.Cast<JsonElement?>().FirstOrDefault(entry =>
        (entry!.Value.GetProperty("kind").GetString(), entry.Value.GetProperty("code").GetString()) == (kind, code)
        && entry.Value.GetProperty("leg") is { ValueKind: JsonValueKind.Number } number && number.GetInt32() == leg);

    static string Via(JsonElement? entry) =>
        entry?.GetProperty("message").GetString()!.Split("\r\n").First(line => line.StartsWith("Via:", StringComparison.OrdinalIgnoreCase)) ?? "not on the timeline";
}
