using System.Globalization;
using TeleCube.Actors.Tests.Queues.Model;
using Xunit.Abstractions;

namespace TeleCube.Actors.Tests.Queues;

/// <summary>
/// Issue 3 §3: random interleavings of arrive, answer, reject, hang up, log in, log out, pause, time-out, call-back, loss, repeat, a store that goes away or
/// answers nothing, kill and restart. The first seed is printed; <c>TELECUBE_SEED</c> runs that one alone, <c>TELECUBE_WALKS</c> as many.
/// </summary>
public sealed class RandomHistoryTests(ITestOutputHelper output)
{
    const int Steps = 60;

    [Fact]
    public void What_must_hold_holds_in_every_history()
    {
        var only = Environment.GetEnvironmentVariable("TELECUBE_SEED") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : (int?)null;
        var walks = only is null && Environment.GetEnvironmentVariable("TELECUBE_WALKS") is { } count ? int.Parse(count, CultureInfo.InvariantCulture) : 2000;
        output.WriteLine($"seeds from {only ?? 1}, {walks} walks of {Steps} steps and their ends");
        foreach (var seed in only is { } one ? [one] : Enumerable.Range(1, walks)) Walk(seed);
    }

    static void Walk(int seed)
    {
        var walk = new RandomWalk(seed);
        try
        {
            walk.Run(Steps);
        }
        catch (Exception wrong)
        {
            Assert.Fail($"seed {seed}: {wrong.Message}\n{string.Join('\n', walk.Exchange.Trace.TakeLast(60))}\n{wrong.StackTrace}\nseed {seed}: {wrong.Message}");
        }
    }
}
