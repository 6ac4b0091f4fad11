using TeleCube.Scenarios.Tests.Given;

namespace TeleCube.Scenarios.Tests.Queues;

/// <summary>A phone that becomes a consultant by dialling, and is none afterwards (GUIDE §6).</summary>
public sealed class LogInTests
{
    static readonly string _queues = $"/api/v1/tenants/{DemoCompany.Id}/queues";
    static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task An_extension_logs_in_by_a_code_takes_a_call_and_logs_out()
    {
        await using var company = await DemoCompany.Start();
        await company.Send(HttpMethod.Post, _queues, new { number = "1000", name = "Biuro" });
        var (secretary, tester) = (await company.Phone("10"), await company.Phone("13"));

        await tester.Dial("1000*1");
        await tester.IsOver(_patience); // once it was told that it is logged in
        await Agents(company, "13");
        await secretary.Dial("1000");
        await tester.Rings(_patience);
        await tester.Answer();
        await secretary.Hears(DemoCompany.Tone("13"), TimeSpan.FromSeconds(1), _patience);
        await tester.Hears(DemoCompany.Tone("10"), TimeSpan.FromSeconds(1), _patience);
        await secretary.HangUp();
        await tester.IsOver(_patience);

        await tester.Dial("1000*2");
        await tester.IsOver(_patience);
        await Agents(company);
    }

    static Task Agents(DemoCompany company, params string[] expected) => DemoCompany.Until(
        async () =>
        {
            var live = await company.Get($"{_queues}/1000/live");
            return (live.GetProperty("agents").EnumerateArray().Select(agent => agent.GetProperty("id").GetString()).SequenceEqual(expected), $"{live}");
        },
        _patience);
}
