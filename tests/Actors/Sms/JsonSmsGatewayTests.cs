using System.Net;
using System.Text;
using System.Text.Json;
using TeleCube.Actors.Sms;
using TeleCube.Tests.Support.Http;

namespace TeleCube.Actors.Tests.Sms;

/// <summary>The gateway's own form on the wire, and what its answers mean.</summary>
public sealed class JsonSmsGatewayTests : IAsyncDisposable
{
    static readonly SmsMessage _message = new("call-boss", "+48501222333", "Dzwoni: numer zastrzeżony");

    readonly SmallHttpServer _server = new();
    readonly HttpClient _http = new();

    [Fact]
    public async Task A_message_is_posted_with_the_secret_and_its_id()
    {
        _server.Answers(202, """{"reference":"abc-1","else":true}""");
        Assert.Equal(new SmsOutcome.Taken("abc-1"), await Gateway("s3cret").Send(_message, default));
        var asked = await _server.Asked();
        Assert.Equal(("POST", "/send"), (asked.Method, asked.Path));
        Assert.Equal(("Bearer s3cret", "call-boss"), (asked.Headers["Authorization"], asked.Headers["Idempotency-Key"]));
        Assert.Equal($"{Encoding.UTF8.GetByteCount(asked.Body)}", asked.Headers.GetValueOrDefault("Content-Length")); // a simple server reads no chunks
        var body = JsonDocument.Parse(asked.Body).RootElement;
        Assert.Equal(
            ("call-boss", "+48501222333", "Dzwoni: numer zastrzeżony"),
            (body.GetProperty("id").GetString(), body.GetProperty("to").GetString(), body.GetProperty("text").GetString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("OK")]
    [InlineData("[1]")]
    [InlineData("{\"reference\":7}")]
    public async Task An_answer_in_another_form_took_it_all_the_same(string body)
    {
        _server.Answers(200, body);
        Assert.Equal(new SmsOutcome.Taken(null), await Gateway().Send(_message, default));
    }

    [Theory]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(302, false)]
    [InlineData(408, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    public async Task A_refusal_is_final_or_for_now(int status, bool later)
    {
        _server.Answers(status);
        var outcome = await Gateway().Send(_message, default);
        Assert.Equal(later ? new SmsOutcome.Unreached($"HTTP {status}") : new SmsOutcome.Refused($"HTTP {status}"), outcome);
    }

    [Fact]
    public async Task Who_does_not_answer_in_time_is_not_waited_for()
    {
        _server.Answers(200, never: true);
        Assert.IsType<SmsOutcome.Unreached>(await Gateway(timeout: TimeSpan.FromMilliseconds(200)).Send(_message, default));
    }

    [Fact]
    public async Task Nobody_there_is_for_now()
    {
        await _server.DisposeAsync();
        Assert.IsType<SmsOutcome.Unreached>(await Gateway().Send(_message, default));
    }

    [Fact]
    public async Task However_many_wait_a_few_are_sent_at_the_same_time_and_waiting_is_no_try()
    {
        using var slow = new Slow();
        using var http = new HttpClient(slow);
        var gateway = new JsonSmsGateway(http, new Uri("http://sms.example/"), null, TimeSpan.FromMinutes(30));
        var sent = Enumerable.Range(0, 300).Select(i => gateway.Send(_message with { Id = $"{i}" }, default)).ToList();
        Assert.Equal(16, slow.Most);
        slow.GoesOn.SetResult();
        Assert.All(await Task.WhenAll(sent).WaitAsync(TimeSpan.FromSeconds(60)), outcome => Assert.IsType<SmsOutcome.Taken>(outcome));
        Assert.Equal((300, 16), (slow.All, slow.Most));
    }

    JsonSmsGateway Gateway(string? secret = null, TimeSpan? timeout = null) => new(_http, new Uri(_server.Address, "send"), secret, timeout ?? TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    /// <summary>A gateway that answers nobody until it is told to, and counts who is in it.</summary>
    sealed class Slow : HttpMessageHandler
    {
        readonly Lock _lock = new();
        int _inside;

        public TaskCompletionSource GoesOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int All { get; private set; }

        public int Most { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (_lock) (All, Most) = (All + 1, Math.Max(Most, ++_inside));
            await GoesOn.Task;
            lock (_lock) _inside--;
            return new HttpResponseMessage(HttpStatusCode.OK);
        }
    }
}
