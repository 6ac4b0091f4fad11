using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using TeleCube.Tests.Support.Nodes;
using TeleCube.Tests.Support.Phones;

namespace TeleCube.Scenarios.Tests.Given;

/// <summary>A node with the demo company, and its phones: real ones, registered over the wire.</summary>
public sealed class DemoCompany : IAsyncDisposable
{
    public const string Id = "firmaabcde";

    /// <summary>Text logs, so that a failed test can be read.</summary>
    const string Settings = """
        telecube {
          node.demo = on
          log { format = text, level = information }
          media.stranger-after = 0s # baresip at an address of its own sends its audio from 127.0.0.1
        }

        """;

    const int FirstMediaPort = 20_000;
    const int PortsOfNode = 100;
    const int Ranges = 64;

    static readonly TimeSpan _written = TimeSpan.FromSeconds(30);
    static int _range = Random.Shared.Next(Ranges);

    readonly List<IAsyncDisposable> _phones = [];

    readonly HttpClient _api;

    DemoCompany(RunningNode node)
    {
        Node = node;
        _api = Client();
    }

    public RunningNode Node { get; }

    /// <summary>Each node has a range of audio ports to itself: scenarios run side by side.</summary>
    public static Task<DemoCompany> Start(string settings = "", params IReadOnlyList<SipListener> listeners) => Start(settings, null, listeners);

    /// <summary>A company whose node keeps everything in this PostgreSQL database.</summary>
    public static Task<DemoCompany> StartOn(string database, string settings = "") =>
        Start($"telecube.storage.provider = postgresql\n{settings}", new Dictionary<string, string> { ["TELECUBE_STORAGE_CONNECTION_STRING"] = database }, []);

    static async Task<DemoCompany> Start(string settings, IReadOnlyDictionary<string, string>? environment, IReadOnlyList<SipListener> listeners)
    {
        var ports = FirstMediaPort + ((Interlocked.Increment(ref _range) & (Ranges - 1)) * PortsOfNode);
        return new(await RunningNode.Start($"{Settings}telecube.media.ports = {ports}-{ports + PortsOfNode - 1}\n{settings}", environment, listeners));
    }

    /// <summary>A carrier known by its address, to which calls go out.</summary>
    public Task<JsonElement> AddTrunk(string id, IPEndPoint address, int priority = 10, int? channelLimit = null) =>
        Send(HttpMethod.Post, "/api/v1/operator/trunks", new
        {
            id,
            host = $"{address.Address}",
            port = address.Port,
            pingSeconds = 0,
            channelLimit,
            callerId = new { allowsForeign = true },
            routing = new { priority },
        });

    /// <summary>A phone of an extension, switched on and registered. Its tone is 400 Hz and 10 for each number above 0, unless given.</summary>
    public Task<BaresipPhone> Phone(string extension, double? toneHz = null, string transport = "udp") =>
        Phone(Of(extension) with { Transport = transport, ToneHz = toneHz ?? Tone(extension) });

    /// <summary>A phone that differs from the usual one (<see cref="Of"/>).</summary>
    public async Task<BaresipPhone> Phone(BaresipOptions options)
    {
        var phone = await BaresipPhone.Start(options);
        _phones.Add(phone);
        await phone.Registered();
        return phone;
    }

    /// <summary>The usual phone of an extension.</summary>
    public BaresipOptions Of(string extension) => new()
    {
        User = $"{Id}_{extension}",
        Password = $"demo-{extension}",
        Server = Node.Sip,
        ToneHz = Tone(extension),
    };

    /// <summary>What the phones of an extension play: far enough from each other to be told apart in a tenth of a second.</summary>
    public static double Tone(string extension) => 400 + ((int.Parse(extension, CultureInfo.InvariantCulture) - 10) * 220);

    /// <summary>The call records, oldest first, when there are as many as expected.</summary>
    public async Task<IReadOnlyList<JsonElement>> Cdrs(int count, string tenant = Id)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        using var over = new CancellationTokenSource(_written);
        while (true)
        {
            var rows = await ReadCdrs(tenant);
            if (rows.Count >= count) return rows;
            try
            {
                await ticks.WaitForNextTickAsync(over.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{rows.Count} call records, not {count}, after {_written.TotalSeconds} s\n{Node.Process.Output}");
            }
        }
    }

    async Task<IReadOnlyList<JsonElement>> ReadCdrs(string tenant) =>
        [.. (await Get($"/api/v1/tenants/{tenant}/cdrs?limit=1000")).GetProperty("items").EnumerateArray().OrderBy(cdr => cdr.GetProperty("startedAt").GetDateTimeOffset())];

    /// <summary>The calls that are up or ringing.</summary>
    public async Task<IReadOnlyList<JsonElement>> Calls(string tenant = Id) => [.. (await Get($"/api/v1/tenants/{tenant}/calls")).GetProperty("items").EnumerateArray()];

    /// <summary>The id of the call from one to the other that is up or ringing.</summary>
    public async Task<string> LiveCall(string caller, string callee, string tenant = Id) =>
        (await Calls(tenant))
            .Single(call => (call.GetProperty("caller").GetString(), call.GetProperty("callee").GetString()) == (caller, callee)).GetProperty("id").GetString()!;

    /// <summary>What a phone writes into Replaces to have the place of this leg taken, found in the call's timeline; leg 0 is the caller's.</summary>
    public async Task<string> PlaceOf(string call, int leg, string tenant = Id)
    {
        var entries = (await Get($"/api/v1/tenants/{tenant}/calls/{call}/timeline")).GetProperty("items").EnumerateArray();
        var message = entries.Where(entry => leg == 0 ? IsOf(entry, "sip-out", null) : IsOf(entry, "sip-in", leg)).Select(entry => entry.GetProperty("message").GetString()!)
            .Last(text => text.StartsWith("SIP/2.0 180", StringComparison.Ordinal) || text.StartsWith("SIP/2.0 200", StringComparison.Ordinal));
        var (from, to) = (Part(message, "^From:.*;tag=([^;\\s]+)"), Part(message, "^To:.*;tag=([^;\\s]+)"));
        var (ours, phones) = leg == 0 ? (to, from) : (from, to);
        return $"{Part(message, "^Call-ID:\\s*(\\S+)")};to-tag={ours};from-tag={phones}";
    }

    static bool IsOf(JsonElement entry, string kind, int? leg) =>
        entry.GetProperty("kind").GetString() == kind && (leg is null || (entry.GetProperty("leg").ValueKind is JsonValueKind.Number && entry.GetProperty("leg").GetInt32() == leg))
        && entry.GetProperty("message").GetString()?.Contains(" INVITE\r", StringComparison.Ordinal) is true;

    static string Part(string message, string pattern) =>
        Regex.Match(message, pattern, RegexOptions.Multiline | RegexOptions.IgnoreCase) is { Success: true } match ? match.Groups[1].Value : throw new FormatException($"no {pattern} in\n{message}");

    /// <summary>A client of the API with the operator's rights.</summary>
    public HttpClient Client()
    {
        var client = Node.Client;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", RunningNode.OperatorToken);
        return client;
    }

    /// <summary>A resource of the API, as the operator sees it.</summary>
    public async Task<JsonElement> Get(string path) => await _api.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Writes a resource as the operator; fails with the API's own words where it is refused.</summary>
    public async Task<JsonElement> Send(HttpMethod method, string path, object? body = null)
    {
        var (status, answer) = await Try(method, path, body);
        if (status >= 300) throw new InvalidOperationException($"{method} {path}: {status} {answer}");
        return answer.Length > 0 ? JsonDocument.Parse(answer).RootElement : default;
    }

    /// <summary>Writes a resource, or is refused: the status and the text of the answer.</summary>
    public async Task<(int Status, string Answer)> Try(HttpMethod method, string path, object? body = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var response = await _api.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Looks until it is so; says what it saw last when it never is.</summary>
    public static async Task Until(Func<Task<(bool So, string Seen)>> look, TimeSpan within)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var began = DateTimeOffset.UtcNow;
        while (true)
        {
            var (so, seen) = await look();
            if (so) return;
            if (DateTimeOffset.UtcNow - began > within) throw new TimeoutException($"after {within.TotalSeconds} s still {seen}");
            await ticks.WaitForNextTickAsync();
        }
    }

    public Task SetExtension(string extension, object settings) => Send(HttpMethod.Put, $"/api/v1/tenants/{Id}/extensions/{extension}", settings);

    /// <summary>Everything that /metrics shows.</summary>
    public Task<string> Metrics() => _api.GetStringAsync("/metrics");

    public async ValueTask DisposeAsync()
    {
        foreach (var phone in _phones) await phone.DisposeAsync();
        _api.Dispose();
        await Node.DisposeAsync();
    }
}
