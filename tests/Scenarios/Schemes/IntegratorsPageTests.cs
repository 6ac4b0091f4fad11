using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Nodes;

namespace TeleCube.Scenarios.Tests.Schemes;

/// <summary>The ten requests of docs/schemes.md, as they stand there.</summary>
public sealed class IntegratorsPageTests
{
    static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task The_ten_requests_build_a_scheme_try_it_and_call_it()
    {
        await using var company = await DemoCompany.Start();
        var phone = await company.Phone("13");

        var answers = await Run(Requests(await File.ReadAllTextAsync(Path.Combine(Repository.Folder, "docs", "schemes.md")), company));

        Assert.True(answers.Single(answer => answer.TryGetProperty("usable", out _)).GetProperty("usable").GetBoolean());
        var simulated = answers.Where(answer => answer.TryGetProperty("path", out _)).ToList();
        Assert.Contains("office-closed", $"{simulated[0].GetProperty("heard")}", StringComparison.Ordinal);
        Assert.Equal("""["10","11","12"]""", Rung(simulated[1]));
        Assert.Equal("""{"numbers":["+48943401128"]}""", $"{answers[^2]}");

        await phone.Rings(_patience);
        await phone.Answer();
        var ordered = answers[^1].GetProperty("id").GetString()!;
        await DemoCompany.Until(async () => await Decided(company, ordered), _patience);
    }

    /// <summary>The call that came in to the number, not the one that was ordered, has gone through the scheme; in the night it is over in seconds.</summary>
    static async Task<(bool So, string Seen)> Decided(DemoCompany company, string ordered)
    {
        var calls = $"/api/v1/tenants/{DemoCompany.Id}/calls";
        var ended = (await company.Get($"/api/v1/tenants/{DemoCompany.Id}/cdrs")).GetProperty("items").EnumerateArray();
        var seen = "";
        foreach (var call in (await company.Calls()).Concat(ended).Select(call => call.GetProperty("id").GetString()).Where(id => id != ordered).Distinct())
            seen += $"{await company.Get($"{calls}/{call}/timeline")}";
        return (seen.Contains("hours", StringComparison.Ordinal), seen);
    }

    static string Rung(JsonElement simulated) =>
        JsonSerializer.Serialize(simulated.GetProperty("rings").EnumerateArray().SelectMany(ring => ring.GetProperty("whom").EnumerateArray()).Select(whom => whom.GetString()));

    /// <summary>The page's own lines, at this node; a refusal ends them.</summary>
    static string Requests(string page, DemoCompany company)
    {
        var block = Regex.Match(page, "```sh\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        Assert.Equal(10, Regex.Count(block, "(?m)^# [0-9]+\\.") + 1); // 2. and 3. are one heading
        var here = block.Replace("http://127.0.0.1:8080/", $"{company.Node.Client.BaseAddress}", StringComparison.Ordinal);
        Assert.NotEqual(block, here);
        return $$"""
            set -eo pipefail
            curl() { command curl --silent --show-error --fail-with-body "$@" && echo; }
            {{here}}
            """;
    }

    static async Task<List<JsonElement>> Run(string script)
    {
        var folder = Directory.CreateTempSubdirectory("integrator-");
        try
        {
            var start = new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["TELECUBE_OPERATOR_TOKEN"] = RunningNode.OperatorToken;
            using var process = Process.Start(start)!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync(new CancellationTokenSource(_patience).Token);
            Assert.True(process.ExitCode == 0, $"{await output}\n{await errors}");
            return [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
