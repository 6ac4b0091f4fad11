using System.Net;
using TeleCube.Actors.Webhooks;

namespace TeleCube.Actors.Tests.Webhooks;

/// <summary>Names whose server says nothing take a few threads of their company, and nobody else's.</summary>
public sealed class HostNamesTests
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task One_companys_slow_names_hold_up_no_other_company_and_are_its_own_until_they_are_answered()
    {
        using var answer = new ManualResetEventSlim();
        var asked = 0;
        var names = new HostNames(host =>
        {
            if (host is "quick.example") return [IPAddress.Loopback];
            Interlocked.Increment(ref asked);
            answer.Wait(_patience);
            return [];
        });
        using var stop = new CancellationTokenSource();
        var slow = Enumerable.Range(0, 100).Select(i => names.Find("ours", $"slow-{i}.example", stop.Token)).ToList();

        Assert.Equal([IPAddress.Loopback], await names.Find("theirs", "quick.example", default).WaitAsync(_patience));
        await Until(() => Volatile.Read(ref asked) == 4);

        await stop.CancelAsync(); // nobody waits for them any longer, but they still go on
        foreach (var one in slow) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        var next = names.Find("ours", "quick.example", default);
        Assert.False(next.IsCompleted);
        Assert.Equal(4, asked);

        answer.Set();
        Assert.Equal([IPAddress.Loopback], await next.WaitAsync(_patience));
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::1")]
    public async Task Figures_are_not_looked_up(string host) =>
        Assert.Equal([IPAddress.Parse(host)], await new HostNames(_ => throw new InvalidOperationException("asked")).Find("ours", host, default));

    static async Task Until(Func<bool> holds)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var over = new CancellationTokenSource(_patience);
        while (!holds()) await ticks.WaitForNextTickAsync(over.Token);
    }
}
