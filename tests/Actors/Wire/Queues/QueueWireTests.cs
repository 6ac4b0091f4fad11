using System.Globalization;
using Xunit.Abstractions;

namespace TeleCube.Actors.Tests.Wire.Queues;

/// <summary>
/// Issue 3 §3 with the calls' own code: real call actors and the real distributor under random histories of arrivals, answers, rejections, BYEs, keys, log-ins
/// (also by code), time-outs, kills and a store that goes away, by SIP. The first seed is printed; <c>TELECUBE_WIRE_SEED</c> runs that one alone, <c>TELECUBE_WIRE_STEPS</c> as many steps.
/// </summary>
public sealed class QueueWireTests(ITestOutputHelper output)
{
    const int StepsEach = 100;

    [Fact]
    public void What_must_hold_on_the_wire_holds_in_every_history()
    {
        var only = Number("TELECUBE_WIRE_SEED");
        var steps = Number("TELECUBE_WIRE_STEPS") ?? 6_000;
        var seeds = only is { } one ? [one] : Enumerable.Range(1, steps / StepsEach).ToList();
        var done = new Dictionary<string, int>();
        var wrong = new List<string>();
        foreach (var seed in seeds)
            foreach (var (kind, count) in Walk(seed, wrong)) done[kind] = done.GetValueOrDefault(kind) + count;

        output.WriteLine($"seeds from {seeds[0]}, {seeds.Count} histories of {StepsEach} steps: {string.Join(", ", done.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}"))}");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {seeds.Count} histories are wrong, the first of them:\n{string.Join("\n\n", wrong.Take(2))}\n\n{string.Join('\n', wrong.Skip(2).Select(one => one.Split('\n')[0]))}");
        if (only is not null) return;
        foreach (var kind in new[] { "arrives", "answers", "rejects", "caller hangs up", "consultant hangs up", "presses", "presses wrongly", "LogIn", "LogOut", "Pause", "unplugged", "time passes", "killed", "restarted", "logs in by code", "logs out by code", "store lost", "store found" })
            Assert.True(done.GetValueOrDefault(kind) > 0, $"nothing of the kind '{kind}' happened");
    }

    static Dictionary<string, int> Walk(int seed, List<string> wrong)
    {
        using var history = new WireHistory(seed);
        try
        {
            history.Run(StepsEach);
        }
        catch (Exception fault)
        {
            wrong.Add($"seed {seed}: {fault.Message}\n{string.Join('\n', history.Trace.TakeLast(60))}\n{fault.StackTrace}");
        }

        return history.Done;
    }

    static int? Number(string variable) => Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
