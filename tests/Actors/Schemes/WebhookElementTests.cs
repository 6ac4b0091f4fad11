using System.Text;
using System.Text.Json;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Decisions;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Kernel.Sharding;
using TeleCube.Tests.Support.Http;
using static TeleCube.Actors.Tests.Schemes.SchemeTable;

namespace TeleCube.Actors.Tests.Schemes;

/// <summary>A server of the company's says where a call goes on; what is slow, huge or lies takes the exit <c>error</c>.</summary>
public sealed class WebhookElementTests : IAsyncDisposable
{
    static readonly WebhookElement _element = new() { Id = new("who"), Url = "https://crm.example.org/route", Answers = ["vip", "debtor"], Exits = To(("vip", "end"), ("debtor", "end"), ("error", "end")) };
    static readonly DecisionQuestion _question = new("+48600100200", Landline.Value, "12", "c1");
    static readonly TenantId _company = new("firmaabcde");
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    readonly SmallHttpServer _server = new();
    readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    [Fact]
    public void It_asks_and_goes_by_the_answer()
    {
        var decide = Assert.IsType<ElementStep.Decide>(new SchemeTable().Enter(_element));
        Assert.Equal((new Uri(_element.Url), TimeSpan.FromSeconds(3)), (decide.Url, decide.Within));
        Assert.Equal("vip", Exit(new ElementNews.Decided("vip", "")));
        Assert.Equal("error", Exit(new ElementNews.Decided("otherwise", "")));
        Assert.Equal("error", Exit(new ElementNews.Decided("error", "")));
        Assert.Equal("error", Exit(new ElementNews.Decided(null, "HTTP 500")));
        Assert.Equal("error", Exit(new ElementNews.Silence()));
    }

    [Theory]
    [InlineData("ftp://crm.example.org", "vip", 3, "url")]
    [InlineData("https://anna:secret@crm.example.org", "vip", 3, "url")]
    [InlineData("crm.example.org", "vip", 3, "url")]
    [InlineData("https://crm.example.org", "error", 3, "answers[0]")]
    [InlineData("https://crm.example.org", "", 3, "answers[0]")]
    [InlineData("https://crm.example.org", "vip", 11, "timeoutSeconds")]
    public void Its_options_have_bounds(string url, string answer, int seconds, string field) =>
        Assert.Equal([field], (_element with { Url = url, Answers = [answer], TimeoutSeconds = seconds }).OptionFaults().Select(fault => fault.Field));

    [Fact]
    public async Task The_question_is_posted_and_the_exit_read()
    {
        _server.Answers(200, """{"exit":"vip","else":1}""");
        Assert.Equal("vip", (await Ask(_patience)).Exit);
        var asked = await _server.Asked();
        Assert.Equal("POST", asked.Method);
        Assert.Equal($"{Encoding.UTF8.GetByteCount(asked.Body)}", asked.Headers.GetValueOrDefault("Content-Length")); // a simple server reads no chunks
        var body = JsonDocument.Parse(asked.Body).RootElement;
        Assert.Equal(
            ("+48600100200", Landline.Value, "12", "c1"),
            (body.GetProperty("caller").GetString(), body.GetProperty("dialled").GetString(), body.GetProperty("digits").GetString(), body.GetProperty("callId").GetString()));
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "vip")]
    [InlineData(200, "[]")]
    [InlineData(200, "{}")]
    [InlineData(200, "{\"exit\":7}")]
    [InlineData(302, "{\"exit\":\"vip\"}")]
    [InlineData(500, "{\"exit\":\"vip\"}")]
    public async Task An_answer_that_is_none_names_no_exit(int status, string body)
    {
        _server.Answers(status, body);
        var decided = await Ask(_patience);
        Assert.Null(decided.Exit);
        Assert.NotEmpty(decided.Why);
    }

    [Fact]
    public async Task A_huge_answer_is_not_read_to_its_end()
    {
        _server.Answers(200, $$"""{"exit":"vip","more":"{{new StringBuilder().Append('x', 5000)}}"}""");
        Assert.Null((await Ask(_patience)).Exit);
    }

    [Fact]
    public async Task Who_does_not_answer_in_time_has_not_answered()
    {
        _server.Answers(200, """{"exit":"vip"}""", never: true);
        Assert.Null((await Ask(TimeSpan.FromMilliseconds(200))).Exit);
    }

    [Fact]
    public async Task Nobody_there_is_no_answer()
    {
        var gone = _server.Address;
        await _server.DisposeAsync();
        Assert.Null((await Decisions.Ask(_company, gone, _question, _patience, default)).Exit);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    HttpDecisions Decisions => new(_http, new DecisionOptions(4, 2));

    Task<Decided> Ask(TimeSpan within) => Decisions.Ask(_company, _server.Address, _question, within, default);

    static string Exit(ElementNews news) => Assert.IsType<ElementStep.Leave>(_element.Next(ElementMemory.Empty, news, new SchemeTable().Context)).Exit;
}
