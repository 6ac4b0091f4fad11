using TeleCube.Actors.Schemes.Decisions;
using TeleCube.Actors.Tests.Webhooks;
using TeleCube.Actors.Webhooks;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Tests.Schemes;

/// <summary>Many calls ask a server that never answers: no other company's questions wait for them, nor all of that company's.</summary>
public sealed class DecisionFloodTests : IDisposable
{
    static readonly TenantId _flooding = new("flooding");
    static readonly TenantId _other = new("other");
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    static readonly TimeSpan _long = TimeSpan.FromMinutes(30);

    readonly HttpClient _http = WebhookHttp.Client(allowPrivate: true);
    readonly HttpDecisions _decisions;

    public DecisionFloodTests() => _decisions = new HttpDecisions(_http, new DecisionOptions(PerCompany: 12, PerServer: 8));

    [Fact]
    public async Task Another_company_is_answered_meanwhile_by_the_same_server()
    {
        await using var server = new PickyServer("theirs", """{"exit":"vip"}""");
        using var stop = new CancellationTokenSource();
        var flood = Enumerable.Range(0, 500).Select(i => Ask(_flooding, server, $"ours-{i}", _long, stop.Token)).ToList();
        await Until(() => server.Waiting == 8);

        for (var i = 0; i < 20; i++) Assert.Equal("vip", (await Ask(_other, server, $"theirs-{i}", _patience, default)).Exit);

        Assert.DoesNotContain(flood, asked => asked.IsCompleted);
        Assert.Equal(8, server.Waiting);
        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(flood).WaitAsync(_patience), decided => Assert.Null(decided.Exit));
        await Until(() => server.Waiting == 0); // nothing is left open
    }

    [Fact]
    public async Task The_same_company_is_answered_by_its_other_server()
    {
        await using var slow = new PickyServer("theirs", "");
        await using var quick = new PickyServer("ours", """{"exit":"vip"}""");
        using var stop = new CancellationTokenSource();
        var flood = Enumerable.Range(0, 500).Select(i => Ask(_flooding, slow, $"ours-{i}", _long, stop.Token)).ToList();
        await Until(() => slow.Waiting == 8);

        Assert.Equal("vip", (await Ask(_flooding, quick, "ours", _patience, default)).Exit);

        Assert.DoesNotContain(flood, asked => asked.IsCompleted);
        await stop.CancelAsync();
        await Task.WhenAll(flood).WaitAsync(_patience);
    }

    [Fact]
    public async Task A_company_with_many_slow_servers_takes_no_more_than_its_places()
    {
        var slow = Enumerable.Range(0, 5).Select(_ => new PickyServer("theirs", "")).ToList();
        using var stop = new CancellationTokenSource();
        var flood = Enumerable.Range(0, 500).Select(i => Ask(_flooding, slow[i % 5], $"ours-{i}", _long, stop.Token)).ToList();
        await Until(() => slow.Sum(server => server.Waiting) == 12);

        await using var other = new PickyServer("theirs", """{"exit":"vip"}""");
        Assert.Equal("vip", (await Ask(_other, other, "theirs", _patience, default)).Exit);

        Assert.Equal(12, slow.Sum(server => server.Waiting));
        await stop.CancelAsync();
        await Task.WhenAll(flood).WaitAsync(_patience);
        foreach (var server in slow) await server.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_is_not_answered_or_not_even_asked_is_told_so_in_time()
    {
        await using var server = new PickyServer("theirs", "");
        var flood = Enumerable.Range(0, 200).Select(i => Ask(_flooding, server, $"ours-{i}", TimeSpan.FromSeconds(2), default));

        var decided = await Task.WhenAll(flood).WaitAsync(_patience);

        Assert.All(decided, said => Assert.Null(said.Exit));
        Assert.Contains(decided, said => said.Why == "nothing within 2 s");
        Assert.Contains(decided, said => said.Why == "not asked: earlier questions have waited for 2 s");
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n{\"exit\":\"vip\",\"more\":\"", "x")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n{\"exit\":\"vip\",\"more\":\"", "x")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n", "X-More: and more\r\n")]
    [InlineData("HTTP/1.1 500 Oh\r\n\r\n", "x")]
    public async Task An_answer_without_end_is_cut_off(string begins, string goesOn)
    {
        using var server = new EndlessServer(begins, goesOn);
        Assert.Null((await _decisions.Ask(_flooding, server.Address, Question("ours"), _patience, default)).Exit);
        Assert.InRange(await server.Sent.WaitAsync(_patience), 0, 64L << 20); // what the sockets of both sides hold, not what was read
    }

    Task<Decided> Ask(TenantId company, PickyServer server, string call, TimeSpan within, CancellationToken stop) =>
        _decisions.Ask(company, server.Address, Question(call), within, stop);

    static DecisionQuestion Question(string call) => new("+48600100200", "+48943401128", "", call);

    static async Task Until(Func<bool> holds)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var over = new CancellationTokenSource(_patience);
        while (!holds()) await ticks.WaitForNextTickAsync(over.Token);
    }

    public void Dispose() => _http.Dispose();
}
