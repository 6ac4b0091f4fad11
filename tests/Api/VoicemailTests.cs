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
    public async Task A_consultant_sees_no_messages()
    {
        (await Company("private")).Dispose();
        using var consultant = node.Client(await node.HasToken("private", "consultant"));
        (await consultant.Get(Box("private"))).Is(HttpStatusCode.OK);
        (await consultant.Get($"{Box("private")}/messages")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    static string Box(string tenant) => $"tenants/{tenant}/extensions/10/voicemail";

    async Task<HttpClient> Company(string tenant)
    {
        await node.HasTenant(tenant);
        var client = node.Operator();
        var made = await client.Post($"tenants/{tenant}/extensions", new { number = "10" });
        if (made.Status is not HttpStatusCode.Conflict) made.Is(HttpStatusCode.Created);
        return client;
    }

    /// <summary>As a call does after a restart: three seconds stand in the recorder's file.</summary>
    async Task Leave(string tenant, string id)
    {
        var header = new byte[58];
        BitConverter.GetBytes((ushort)6).CopyTo(header, 20);
        await File.WriteAllBytesAsync(node.Recordings.PathOf(id), [.. header, .. Enumerable.Repeat(Tones.ToALaw(1000), 3 * 8000)]);
        node.Region.Tell(
            MailboxEntity.Of(new TenantId(tenant), ExtensionNumber.Parse("10")), new MailboxCommand.Close(new OpenRecording(id, "+48600100200", null, node.Clock.GetUtcNow())));
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
