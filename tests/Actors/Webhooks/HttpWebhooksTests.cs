using TeleCube.Actors.Webhooks;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Http;

namespace TeleCube.Actors.Tests.Webhooks;

/// <summary>One try over real HTTP: what the receiver sees, and what its answer means.</summary>
public sealed class HttpWebhooksTests : IAsyncDisposable
{
    static readonly OutgoingWebhook _hook = new("m-1", "firmaabcde", "voicemail.received", "{\"new\":1}");
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    readonly SmallHttpServer _receiver = new();
    readonly ManualClock _clock = new();
    readonly HttpClient _open = WebhookHttp.Client(allowPrivate: true);
    readonly HttpClient _guarded = WebhookHttp.Client(allowPrivate: false);

    [Fact]
    public async Task The_receiver_gets_the_body_the_id_and_a_signature_over_both_time_and_body()
    {
        Assert.IsType<WebhookOutcome.Taken>(await Post(_open));
        var asked = await _receiver.Asked();
        Assert.Equal(("POST", "/hook", "{\"new\":1}"), (asked.Method, asked.Path, asked.Body));
        Assert.Equal(("m-1", "voicemail.received"), (asked.Headers["Idempotency-Key"], asked.Headers["TeleCube-Event"]));
        Assert.StartsWith("application/json", asked.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal(WebhookSignature.Of("a secret", asked.Body, _clock.GetUtcNow()), asked.Headers["TeleCube-Signature"]);
        Assert.NotEqual(WebhookSignature.Of("another", asked.Body, _clock.GetUtcNow()), asked.Headers["TeleCube-Signature"]);
    }

    [Fact]
    public void The_signature_is_that_of_a_known_vector() => Assert.Equal( // printf '1000000000.{}' | openssl dgst -sha256 -hmac key
        "t=1000000000,v1=75b6c77cc6c239a694a465dd57e895218bcfe0130606fd23cdbfa0f49436a4b8",
        WebhookSignature.Of("key", "{}", DateTimeOffset.FromUnixTimeSeconds(1_000_000_000)));

    [Theory]
    [InlineData(204, typeof(WebhookOutcome.Taken))]
    [InlineData(302, typeof(WebhookOutcome.Refused))] // no redirection is followed
    [InlineData(404, typeof(WebhookOutcome.Refused))]
    [InlineData(429, typeof(WebhookOutcome.Unreached))]
    [InlineData(503, typeof(WebhookOutcome.Unreached))]
    public async Task Its_status_says_whether_to_try_again(int status, Type outcome)
    {
        _receiver.Answers(status);
        Assert.IsType(outcome, await Post(_open));
    }

    [Fact]
    public async Task Silence_and_a_closed_port_may_be_better_later()
    {
        _receiver.Answers(200, never: true);
        Assert.IsType<WebhookOutcome.Unreached>(await Webhooks(_open, TimeSpan.FromMilliseconds(200)).Post(_hook, To($"{_receiver.Address}hook"), default));
        Assert.IsType<WebhookOutcome.Unreached>(await Webhooks(_open).Post(_hook, To($"http://127.0.0.1:{FreePorts.Take()}/"), default));
    }

    [Fact]
    public async Task A_private_address_is_refused_with_the_setting_that_allows_it_and_never_connected_to()
    {
        var refused = Assert.IsType<WebhookOutcome.Refused>(await Post(_guarded));
        Assert.Contains("telecube.webhooks.allow-private", refused.Reason, StringComparison.Ordinal);
        Assert.IsType<WebhookOutcome.Refused>(await Webhooks(_guarded).Post(_hook, To($"http://localhost:{_receiver.Address.Port}/"), default));
        Assert.Equal(0, _receiver.Unread);
    }

    [Fact]
    public async Task A_company_whose_receiver_never_answers_holds_up_no_other_and_waiting_in_turn_is_no_try()
    {
        await using var receiver = new PickyServer("theirs", "");
        var webhooks = Webhooks(_open, TimeSpan.FromMinutes(30));
        using var stop = new CancellationTokenSource();
        var flood = Enumerable.Range(0, 100).Select(i => webhooks.Post(_hook with { Id = $"m-{i}", Json = "{\"ours\":1}" }, To($"{receiver.Address}hook"), stop.Token)).ToList();
        await Until(() => receiver.Waiting == 4);

        var theirs = webhooks.Post(_hook with { Tenant = "other", Json = "{\"theirs\":1}" }, To($"{receiver.Address}hook"), default);
        Assert.IsType<WebhookOutcome.Taken>(await theirs.WaitAsync(_patience));

        Assert.DoesNotContain(flood, posted => posted.IsCompleted);
        Assert.Equal(4, receiver.Waiting);
        await stop.CancelAsync();
        await Task.WhenAll(flood).WaitAsync(_patience).ContinueWith(_ => { }, TaskScheduler.Default); // those in turn are told that they are not waited for
        Assert.All(flood, posted => Assert.True(posted.IsCompleted));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", typeof(WebhookOutcome.Taken))]
    [InlineData("HTTP/1.1 500 Oh\r\nTransfer-Encoding: chunked\r\n\r\n", typeof(WebhookOutcome.Unreached))]
    public async Task An_answer_without_end_is_cut_off(string begins, Type outcome)
    {
        using var server = new EndlessServer(begins, "1\r\nx\r\n");
        Assert.IsType(outcome, await Webhooks(_open).Post(_hook, To($"{server.Address}"), default));
        Assert.InRange(await server.Sent.WaitAsync(_patience), 0, 64L << 20);
    }

    Task<WebhookOutcome> Post(HttpClient http) => Webhooks(http).Post(_hook, To($"{_receiver.Address}hook"), default);

    HttpWebhooks Webhooks(HttpClient http, TimeSpan? timeout = null) => new(http, new WebhookPostOptions(timeout ?? _patience, 4), _clock);

    static WebhookTarget To(string url) => new(url, "a secret");

    static async Task Until(Func<bool> holds)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var over = new CancellationTokenSource(_patience);
        while (!holds()) await ticks.WaitForNextTickAsync(over.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _open.Dispose();
        _guarded.Dispose();
        await _receiver.DisposeAsync();
    }
}
