using System.Net;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Voicemail;
using TeleCube.Api.Tests.Given;
using TeleCube.Kernel.Sharding;
using TeleCube.Tests.Support;

namespace TeleCube.Api.Tests;

/// <summary>Voicemail over the API: settings whose secrets never come back, messages, their audio, and who may touch them.</summary>
public sealed class VoicemailTests(ApiNode node) : IClassFixture<ApiNode>
{
    [Fact]
    public async Task Settings_are_replaced_but_for_the_secrets_that_are_left_out()
    {
        using var client = await Company("settings");
        var box = Box("settings");
        var fresh = (await client.Get(box)).Is(HttpStatusCode.OK);
        Assert.Equal((false, false, 180, 100, 90), (Flag(fresh, "enabled"), Flag(fresh, "hasPin"), Number(fresh, "maxSeconds"), Number(fresh, "maxMessages"), Number(fresh, "retentionDays")));

        var set = (await client.Put(box, new { enabled = true, pin = "4711", maxSeconds = 60, webhookUrl = "https://example.com/hook", webhookSecret = "sixteen characters" }, fresh.ETag)).Is(HttpStatusCode.OK);
        Assert.Equal((true, true, 60, "https://example.com/hook", true), (Flag(set, "enabled"), Flag(set, "hasPin"), Number(set, "maxSeconds"), set["webhookUrl"], Flag(set, "hasWebhookSecret")));
        Assert.DoesNotContain("4711", set.Json.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("sixteen", set.Json.ToString(), StringComparison.Ordinal);
        (await client.Put(box, new { enabled = false }, fresh.ETag)).IsProblem(HttpStatusCode.PreconditionFailed, "stale-version");

        var kept = (await client.Put(box, new { enabled = true })).Is(HttpStatusCode.OK);
        Assert.Equal((true, true, 180), (Flag(kept, "hasPin"), Flag(kept, "hasWebhookSecret"), Number(kept, "maxSeconds")));
        (await client.Put("tenants/settings/extensions/10", new { description = "Biuro" })).Is(HttpStatusCode.OK);
        Assert.True(Flag((await client.Get(box)).Is(HttpStatusCode.OK), "hasPin")); // an extension's PUT does not touch its box
        var bare = (await client.Put(box, new { enabled = true, pin = "", webhookSecret = "" })).Is(HttpStatusCode.OK);
        Assert.Equal((false, false), (Flag(bare, "hasPin"), Flag(bare, "hasWebhookSecret")));
        (await client.Get("tenants/settings/extensions/99/voicemail")).IsProblem(HttpStatusCode.NotFound, "no-such-extension");
    }

    [Fact]
    public async Task Where_the_webhook_goes_is_for_administrators_to_read()
    {
        using var client = await Company("masked");
        (await client.Put(Box("masked"), new { enabled = true, webhookUrl = "https://example.com:8443/hook?token=abracadabra" })).Is(HttpStatusCode.OK);
        Assert.Equal("https://example.com:8443/hook?token=abracadabra", (await client.Get(Box("masked"))).Is(HttpStatusCode.OK)["webhookUrl"]);
        foreach (var role in new[] { "supervisor", "consultant" })
        {
            using var other = node.Client(await node.HasToken("masked", role));
            Assert.Equal("https://example.com:8443/…", (await other.Get(Box("masked"))).Is(HttpStatusCode.OK)["webhookUrl"]);
        }
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_by_its_field()
    {
        using var client = await Company("refused");
        foreach (var (body, code, field) in new[]
        {
            ("""{"pin":"123"}""", "invalid-fields", "pin"),
            ("""{"pin":"12a4"}""", "invalid-fields", "pin"),
            ("""{"maxSeconds":9}""", "invalid-fields", "maxSeconds"),
            ("""{"maxMessages":501}""", "invalid-fields", "maxMessages"),
            ("""{"webhookUrl":"ftp://example.com"}""", "invalid-fields", "webhookUrl"),
            ("""{"webhookSecret":"short"}""", "invalid-fields", "webhookSecret"),
            ("""{"webhookUrl":"http://169.254.169.254/latest"}""", "private-address", "webhookUrl"),
        })
        {
            var answer = await client.Put(Box("refused"), body);
            answer.IsProblem(HttpStatusCode.UnprocessableEntity, code);
            Assert.Equal([field], answer.FaultyFields);
        }
    }

    [Fact]
    public async Task A_greeting_must_be_there_and_stays_while_it_is_used()
    {
        using var client = await Company("greeted");
        (await client.Put(Box("greeted"), new { greeting = "none" })).IsProblem(HttpStatusCode.NotFound, "no-such-announcement");
    }

    [Fact]
    public async Task A_message_is_listed_heard_marked_and_deleted_and_the_audit_log_has_it()
    {
        using var client = await Company("messages");
        var box = Box("messages");
        const string Id = "01hzzzzzzzzzzzzzzzzzzzzzz0-2";
        await Leave("messages", Id);
        await Until(async () => (await client.Get($"{box}/messages")).Json.GetProperty("items").GetArrayLength() == 1);
        var message = Assert.Single((await client.Get($"{box}/messages")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray());
        Assert.Equal((Id, "+48600100200", 3.0, false), (message.GetProperty("id").GetString(), message.GetProperty("caller").GetString(), message.GetProperty("lengthSeconds").GetDouble(), message.GetProperty("heard").GetBoolean()));
        Assert.Equal(1, Number((await client.Get(box)).Is(HttpStatusCode.OK), "newMessages"));

        using var audio = await client.GetAsync(new Uri($"/api/v1/{box}/messages/{Id}/audio", UriKind.Relative));
        Assert.Equal("audio/wav", audio.Content.Headers.ContentType?.MediaType);
        Assert.Equal(58 + (2 * 3 * 8000), (await audio.Content.ReadAsByteArrayAsync()).Length);

        (await client.Put($"{box}/messages/{Id}/heard", new { heard = true })).Is(HttpStatusCode.NoContent);
        Assert.True(Flag((await client.Get($"{box}/messages/{Id}")).Is(HttpStatusCode.OK), "heard"));
        (await client.Put($"{box}/messages/{Id}/heard", new { })).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-fields");
        (await client.Put($"{box}/messages/none/heard", new { heard = true })).IsProblem(HttpStatusCode.NotFound, "no-such-message");
        (await client.Delete($"{box}/messages/{Id}")).Is(HttpStatusCode.NoContent);
        (await client.Delete($"{box}/messages/{Id}")).IsProblem(HttpStatusCode.NotFound, "no-such-message");
        (await client.Get($"{box}/messages/{Id}/audio")).IsProblem(HttpStatusCode.NotFound, "no-such-message");

        var actions = (await client.Get("operator/audit?tenant=messages&limit=50")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray()
            .Select(entry => entry.GetProperty("action").GetString()).ToList();
        Assert.Superset(new HashSet<string?> { "play-voicemail", "mark-voicemail-heard", "delete-voicemail" }, actions.ToHashSet());
        var told = await ((Kernel.Persistence.IEventFeeds)node.Journal).ReadFeed(new TenantId("messages"), 0, 100);
        Assert.Superset(new HashSet<string> { "voicemail.received", "voicemail.heard", "voicemail.deleted" }, told.Select(one => one.Type).ToHashSet());
    }

    [Fact]
    public async Task The_whole_companys_messages_are_one_list_newest_first_with_filters_and_pages()
    {
        using var client = await Company("all", "10", "11");
        using var others = await Company("others", "10");
        string[] ids = ["01hzzzzzzzzzzzzzzzzzzzzzz0-1", "01hzzzzzzzzzzzzzzzzzzzzzz1-1", "01hzzzzzzzzzzzzzzzzzzzzzz2-1"];
        var began = node.Clock.GetUtcNow();
        await Leave("all", ids[0], "10", "+48600100200");
        node.Clock.Advance(TimeSpan.FromMinutes(1));
        await Leave("all", ids[1], "11", "+48600100300");
        node.Clock.Advance(TimeSpan.FromMinutes(1));
        await Leave("all", ids[2], "10", null);
        await Leave("others", "01hzzzzzzzzzzzzzzzzzzzzzz3-1", "10", "+48600100200");
        await Until(async () => (await Ids(client, "")).Count == 3 && (await Ids(others, "", "others")).Count == 1);

        Assert.Equal([ids[2], ids[1], ids[0]], await Ids(client, ""));
        Assert.Equal([ids[2], ids[0]], await Ids(client, "?extension=10"));
        Assert.Equal([ids[1]], await Ids(client, "?caller=600 100 300"));
        Assert.Equal([ids[1], ids[0]], await Ids(client, "?caller=%2B48600"));
        Assert.Equal([ids[0]], await Ids(client, $"?to={Uri.EscapeDataString($"{began.AddSeconds(30):O}")}"));
        Assert.Equal([ids[2]], await Ids(client, $"?from={Uri.EscapeDataString($"{began.AddSeconds(90):O}")}"));
        (await client.Put($"tenants/all/voicemails/{ids[1]}/heard", new { heard = true })).Is(HttpStatusCode.NoContent);
        Assert.Equal([ids[1]], await Ids(client, "?heard=true"));
        Assert.Equal([ids[2], ids[0]], await Ids(client, "?heard=false"));

        var page = (await client.Get("tenants/all/voicemails?limit=2")).Is(HttpStatusCode.OK);
        Assert.Equal([ids[2], ids[1]], IdsOf(page));
        var rest = (await client.Get($"tenants/all/voicemails?limit=2&after={Uri.EscapeDataString(page.Json.GetProperty("next").GetString()!)}")).Is(HttpStatusCode.OK);
        Assert.Equal([ids[0]], IdsOf(rest));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, rest.Json.GetProperty("next").ValueKind);
        (await client.Get("tenants/all/voicemails?after=nonsense")).IsProblem(HttpStatusCode.BadRequest, "bad-cursor");
    }

    [Fact]
    public async Task A_message_is_treated_in_the_companys_list_as_in_its_box()
    {
        using var client = await Company("treated", "11");
        const string Id = "01hzzzzzzzzzzzzzzzzzzzzzz4-1", Path = $"tenants/treated/voicemails/{Id}";
        await Leave("treated", Id, "11", "+48600100200");
        await Until(async () => (await client.Get(Path)).Status is HttpStatusCode.OK);
        var message = (await client.Get(Path)).Is(HttpStatusCode.OK);
        Assert.Equal(("11", "+48600100200", false), (message["extension"], message["caller"], Flag(message, "heard")));
        Assert.Equal(message.Json.ToString(), (await client.Get($"tenants/treated/extensions/11/voicemail/messages/{Id}")).Json.ToString());
        using var audio = await client.GetAsync(new Uri($"/api/v1/{Path}/audio", UriKind.Relative));
        Assert.Equal(58 + (2 * 3 * 8000), (await audio.Content.ReadAsByteArrayAsync()).Length);
        (await client.Put($"{Path}/heard", new { heard = true })).Is(HttpStatusCode.NoContent);
        Assert.True(Flag((await client.Get($"tenants/treated/extensions/11/voicemail/messages/{Id}")).Is(HttpStatusCode.OK), "heard"));
        (await client.Put($"{Path}/heard", new { })).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-fields");
        (await client.Delete(Path)).Is(HttpStatusCode.NoContent);
        foreach (var gone in new[] { Path, $"{Path}/audio" }) (await client.Get(gone)).IsProblem(HttpStatusCode.NotFound, "no-such-message");
        (await client.Delete(Path)).IsProblem(HttpStatusCode.NotFound, "no-such-message");

        var actions = (await client.Get("operator/audit?tenant=treated&limit=50")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray()
            .Select(entry => entry.GetProperty("action").GetString()).ToList();
        Assert.Superset(new HashSet<string?> { "play-voicemail", "mark-voicemail-heard", "delete-voicemail" }, actions.ToHashSet());
    }

    [Fact]
    public async Task One_companys_message_is_not_found_in_another_one_and_consultants_see_no_list()
    {
        using var client = await Company("owner", "10");
        using var stranger = await Company("stranger", "10");
        const string Id = "01hzzzzzzzzzzzzzzzzzzzzzz5-1";
        await Leave("owner", Id, "10", null);
        await Until(async () => (await client.Get($"tenants/owner/voicemails/{Id}")).Status is HttpStatusCode.OK);
        (await stranger.Get($"tenants/stranger/voicemails/{Id}")).IsProblem(HttpStatusCode.NotFound, "no-such-message");
        (await stranger.Delete($"tenants/stranger/voicemails/{Id}")).IsProblem(HttpStatusCode.NotFound, "no-such-message");
        using var consultant = node.Client(await node.HasToken("owner", "consultant"));
        foreach (var path in new[] { "", $"/{Id}", $"/{Id}/audio" }) (await consultant.Get($"tenants/owner/voicemails{path}")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        using var supervisor = node.Client(await node.HasToken("owner", "supervisor"));
        (await supervisor.Delete($"tenants/owner/voicemails/{Id}")).Is(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task An_administrator_sees_from_where_a_PIN_was_guessed_and_lifts_the_locks()
    {
        using var client = await Company("guessed");
        var box = Box("guessed");
        (await client.Put(box, new { enabled = true, pin = "4711" })).Is(HttpStatusCode.OK);
        Assert.Equal(0, (await client.Get($"{box}/lock")).Is(HttpStatusCode.OK).Json.GetProperty("sources").GetArrayLength());
        foreach (var (source, times) in new[] { (PinSource.Own, 5), (new PinSource("+48600100200"), 5), (PinSource.Unknown, 5) })
            for (var i = 0; i < times; i++)
                await node.Region.Ask<object>(Mailbox("guessed", "10"), new MailboxCommand.PinChecked(false, source), TimeSpan.FromSeconds(60));

        var until = node.Clock.GetUtcNow() + PinLock.Shortest;
        var locked = (await client.Get(box)).Is(HttpStatusCode.OK).Json;
        Assert.Equal((until, until), (locked.GetProperty("lockedUntil").GetDateTimeOffset(), locked.GetProperty("ownPhoneLockedUntil").GetDateTimeOffset()));
        var seen = (await client.Get($"{box}/lock")).Is(HttpStatusCode.OK).Json;
        Assert.Equal(until, seen.GetProperty("lockedUntil").GetDateTimeOffset());
        Assert.Equal(["+48600100200", "own", "unknown"], seen.GetProperty("sources").EnumerateArray().Select(one => one.GetProperty("source").GetString()));

        using var supervisor = node.Client(await node.HasToken("guessed", "supervisor"));
        (await supervisor.Delete($"{box}/lock")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        (await client.Delete($"{box}/lock")).Is(HttpStatusCode.NoContent);
        (await client.Delete($"{box}/lock")).Is(HttpStatusCode.NoContent);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await client.Get(box)).Is(HttpStatusCode.OK).Json.GetProperty("lockedUntil").ValueKind);
        Assert.Equal(0, (await client.Get($"{box}/lock")).Is(HttpStatusCode.OK).Json.GetProperty("sources").GetArrayLength());
        var actions = (await client.Get("operator/audit?tenant=guessed&limit=50")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray()
            .Select(entry => entry.GetProperty("action").GetString());
        Assert.Contains("unlock-voicemail", actions);
        (await client.Get("tenants/guessed/extensions/99/voicemail/lock")).IsProblem(HttpStatusCode.NotFound, "no-such-extension");
    }

    [Fact]
    public async Task The_greeting_that_the_owner_recorded_is_seen_and_deleted()
    {
        using var client = await Company("greeting");
        await Leave("greeting", "01hzzzzzzzzzzzzzzzzzzzzzz6-1", isGreeting: true);
        await Until(async () => (await client.Get(Box("greeting"))).Json.GetProperty("greetingRecordedAt").ValueKind is System.Text.Json.JsonValueKind.String);
        Assert.Equal(0, Number((await client.Get(Box("greeting"))).Is(HttpStatusCode.OK), "newMessages"));
        Assert.Empty(await Ids(client, "", "greeting"));
        (await client.Delete($"{Box("greeting")}/greeting")).Is(HttpStatusCode.NoContent);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await client.Get(Box("greeting"))).Json.GetProperty("greetingRecordedAt").ValueKind);
    }

    [Fact]
    public async Task A_consultant_sees_no_messages()
    {
        (await Company("private")).Dispose();
        using var consultant = node.Client(await node.HasToken("private", "consultant"));
        (await consultant.Get(Box("private"))).Is(HttpStatusCode.OK);
        (await consultant.Get($"{Box("private")}/messages")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    static string Box(string tenant) => $"tenants/{tenant}/extensions/10/voicemail";

    static EntityId Mailbox(string tenant, string extension) => MailboxEntity.Of(new TenantId(tenant), ExtensionNumber.Parse(extension));

    async Task<HttpClient> Company(string tenant, params string[] extensions)
    {
        await node.HasTenant(tenant);
        var client = node.Operator();
        foreach (var number in extensions.DefaultIfEmpty("10"))
        {
            var made = await client.Post($"tenants/{tenant}/extensions", new { number });
            if (made.Status is not HttpStatusCode.Conflict) made.Is(HttpStatusCode.Created);
        }

        return client;
    }

    static async Task<List<string?>> Ids(HttpClient client, string query, string tenant = "all") =>
        IdsOf((await client.Get($"tenants/{tenant}/voicemails{query}")).Is(HttpStatusCode.OK));

    static List<string?> IdsOf(Answer answer) => [.. answer.Json.GetProperty("items").EnumerateArray().Select(message => message.GetProperty("id").GetString())];

    /// <summary>As a call does after a restart: three seconds stand in the recorder's file.</summary>
    async Task Leave(string tenant, string id, string extension = "10", string? caller = "+48600100200", bool isGreeting = false)
    {
        var header = new byte[58];
        BitConverter.GetBytes((ushort)6).CopyTo(header, 20);
        await File.WriteAllBytesAsync(node.Recordings.PathOf(id), [.. header, .. Enumerable.Repeat(Tones.ToALaw(1000), 3 * 8000)]);
        node.Region.Tell(Mailbox(tenant, extension), new MailboxCommand.Close(new OpenRecording(id, caller, null, node.Clock.GetUtcNow()) { IsGreeting = isGreeting }));
    }

    static async Task Until(Func<Task<bool>> holds)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds()) await ticks.WaitForNextTickAsync(over.Token);
    }

    static bool Flag(Answer answer, string name) => answer.Json.GetProperty(name).GetBoolean();

    static int Number(Answer answer, string name) => answer.Json.GetProperty(name).GetInt32();
}
