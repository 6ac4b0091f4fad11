using System.Globalization;
using System.Net;
using System.Text.Json;
using TeleCube.Api.Tests.Given;

namespace TeleCube.Api.Tests;

/// <summary>Who did what stands in the audit log, and nothing that is secret does.</summary>
public sealed class AuditTests(ApiNode node) : IClassFixture<ApiNode>
{
    [Fact]
    public async Task A_change_is_written_down_with_who_when_whence_and_what()
    {
        await node.HasTenant("watched");
        await node.HasUser("watched", "wanda");
        using var wanda = node.Client((await SignIn("wanda", Company.Password)).Is(HttpStatusCode.Created)["token"]);
        node.Clock.Advance(TimeSpan.FromSeconds(1));
        (await wanda.Post("tenants/watched/extensions", new { number = "10", password = "secret-of-10" })).Is(HttpStatusCode.Created);

        var entry = (await Entries("tenant=watched"))[0];
        Assert.Equal(
            ("create-extension", "watched", "extensions", "10", "POST", "127.0.0.1"),
            (Text(entry, "action"), Text(entry, "tenant"), Text(entry, "resource"), Text(entry, "resourceId"), Text(entry, "verb"), Text(entry, "address")));
        Assert.Equal(node.Clock.GetUtcNow(), entry.GetProperty("at").GetDateTimeOffset());
        var actor = entry.GetProperty("actor");
        Assert.Equal(("user", "wanda", "wanda", "administrator"), (Text(actor, "kind"), Text(actor, "name"), Text(actor, "userId"), Text(actor, "role")));
        Assert.False(string.IsNullOrEmpty(Text(entry, "requestId")));
    }

    [Fact]
    public async Task Each_kind_of_change_has_its_action()
    {
        await node.HasTenant("busy");
        using var op = node.Operator();
        (await op.Post("tenants/busy/extensions", new { number = "10" })).Is(HttpStatusCode.Created);
        (await op.Put("tenants/busy/extensions/10", new { description = "Biuro" })).Is(HttpStatusCode.OK);
        (await op.Put("tenants/busy/extensions/10/password", new { password = "another-secret" })).Is(HttpStatusCode.NoContent);
        (await op.Delete("tenants/busy/extensions/10")).Is(HttpStatusCode.NoContent);
        (await op.Post("operator/phone-numbers", new { number = "+48943401150" })).Is(HttpStatusCode.Created);
        (await op.Put("operator/phone-numbers/+48943401150", new { tenant = "busy" })).Is(HttpStatusCode.OK);
        (await op.Put("tenants/busy/phone-numbers", new { items = new[] { new { number = "+48943401150", description = "Info" } } })).Is(HttpStatusCode.OK);
        await node.HasUser("busy", "bea");
        await node.HasUser("busy", "bob");
        (await op.Put("tenants/busy/users/bob", new { login = "bob", name = "Robert", role = "consultant" })).Is(HttpStatusCode.OK);
        (await op.Delete("tenants/busy/users/bob")).Is(HttpStatusCode.NoContent);
        await node.HasToken("busy", "consultant");
        (await op.Put("tenants/busy/settings", new { cdrRetentionDays = 100 })).Is(HttpStatusCode.OK);
        (await op.Put("operator/tenants/busy", new { name = "Busy", package = "premium", tariff = "standard" })).Is(HttpStatusCode.OK);
        (await op.Delete("operator/tenants/busy")).Is(HttpStatusCode.NoContent);

        var actions = (await Entries("tenant=busy&limit=1000")).Select(entry => Text(entry, "action")).ToHashSet();
        string[] expected =
        [
            "create-tenant", "create-extension", "update-extension", "set-extension-password", "delete-extension", "assign-phone-number", "save-phone-numbers",
            "create-user", "update-user", "delete-user", "create-api-token", "save-settings", "update-tenant", "close-tenant",
        ];
        Assert.Empty(expected.Except(actions));
        Assert.Contains(await Entries("action=add-phone-number"), entry => Text(entry, "resourceId") == "+48943401150");
    }

    [Fact]
    public async Task What_the_operator_does_to_the_platform_is_written_down_too()
    {
        await node.HasPlatform();
        using var op = node.Operator();
        (await op.Post("operator/trunks", new { id = "logged", host = "192.0.2.1", registration = new { user = "us", password = "very-secret" } })).Is(HttpStatusCode.Created);
        (await op.Delete("operator/trunks/logged")).Is(HttpStatusCode.NoContent);
        for (var i = 0; i < 10; i++) node.Bans.Failed(IPAddress.Parse("192.0.2.77"), "acme_10", "wrong-password");
        (await op.Delete("operator/bans/192.0.2.77")).Is(HttpStatusCode.NoContent);

        foreach (var (action, id) in new[] { ("save-tariff", "standard"), ("save-package", "premium"), ("create-trunk", "logged"), ("delete-trunk", "logged"), ("lift-ban", "192.0.2.77") })
        {
            var entry = (await Entries($"action={action}")).First(entry => Text(entry, "resourceId") == id);
            Assert.Equal(("operator", "operator"), (Text(entry.GetProperty("actor"), "kind"), Text(entry.GetProperty("actor"), "name")));
            Assert.Equal(JsonValueKind.Null, entry.GetProperty("tenant").ValueKind);
        }
    }

    [Fact]
    public async Task What_was_refused_changed_nothing_and_is_not_written_down()
    {
        await node.HasTenant("refusing");
        (await node.Operator().Delete("tenants/refusing/extensions/99")).IsProblem(HttpStatusCode.NotFound, "no-such-extension");
        Assert.Empty(await Entries("tenant=refusing&action=delete-extension"));
    }

    [Fact]
    public async Task Signing_in_and_out_and_failing_to_is_written_down()
    {
        await node.HasTenant("doorway");
        await node.HasUser("doorway", "dora");
        (await SignIn("dora", "a-wrong-password")).Is(HttpStatusCode.Unauthorized);
        (await SignIn("someone-else", "a-wrong-password")).Is(HttpStatusCode.Unauthorized);
        using var dora = node.Client((await SignIn("dora", Company.Password)).Is(HttpStatusCode.Created)["token"]);
        (await dora.Delete("sessions")).Is(HttpStatusCode.NoContent);

        var entries = await Entries("tenant=doorway&actor=dora");
        Assert.Equal(["sign-in", "sign-in-failed", "sign-out"], entries.Select(entry => Text(entry, "action")).Order(StringComparer.Ordinal));
        var failed = entries.Single(entry => Text(entry, "action") == "sign-in-failed");
        Assert.Equal(("wrong-password", "nobody"), (Text(failed, "refusal"), Text(failed.GetProperty("actor"), "kind")));
        Assert.Contains(await Entries("actor=unknown"), entry => Text(entry, "refusal") == "unknown-login");
    }

    [Fact]
    public async Task Who_goes_on_guessing_is_written_down_once_more()
    {
        await node.HasTenant("stubborn");
        await node.HasUser("stubborn", "sara");
        for (var i = 0; i < 8; i++) await SignIn("sara", "a-wrong-password");
        var refusals = (await Entries("tenant=stubborn&action=sign-in-failed")).Select(entry => Text(entry, "refusal")).Order(StringComparer.Ordinal);
        Assert.Equal(["too-many-attempts", .. Enumerable.Repeat("wrong-password", 5)], refusals);
    }

    [Fact]
    public async Task A_token_is_named_by_its_id()
    {
        await node.HasTenant("automatic");
        var made = await node.Operator().Post("tenants/automatic/api-tokens", new { name = "crm", role = "administrator" });
        var id = made.Json.GetProperty("apiToken").GetProperty("id").GetString();
        (await node.Client(made["token"]).Post("tenants/automatic/extensions", new { number = "10" })).Is(HttpStatusCode.Created);
        var entry = Assert.Single(await Entries($"actor={id}"));
        Assert.Equal(("apiToken", "administrator", "create-extension"), (Text(entry.GetProperty("actor"), "kind"), Text(entry.GetProperty("actor"), "role"), Text(entry, "action")));
    }

    [Fact]
    public async Task No_secret_stands_in_it()
    {
        await node.HasTenant("discreet");
        (await node.Operator().Post("tenants/discreet/extensions", new { number = "10", password = "phone-secret" })).Is(HttpStatusCode.Created);
        await node.HasUser("discreet", "dana");
        var token = await node.HasToken("discreet", "consultant");
        (await SignIn("pasted-password", "typed-password")).Is(HttpStatusCode.Unauthorized);
        var log = (await node.Operator().Get("operator/audit?limit=1000")).Is(HttpStatusCode.OK).Text;
        foreach (var secret in new[] { "phone-secret", Company.Password, token, token.Split('.')[2], "typed-password", "pasted-password", ApiNode.OperatorToken })
            Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_paged_and_filtered_by_time()
    {
        await node.HasTenant("paged");
        for (var i = 10; i < 15; i++)
        {
            node.Clock.Advance(TimeSpan.FromSeconds(1));
            (await node.Operator().Post("tenants/paged/extensions", new { number = $"{i}" })).Is(HttpStatusCode.Created);
        }

        var now = node.Clock.GetUtcNow();
        var first = await node.Operator().Get("operator/audit?tenant=paged&action=create-extension&limit=3");
        var second = await node.Operator().Get($"operator/audit?tenant=paged&action=create-extension&limit=3&after={Uri.EscapeDataString(first["next"]!)}");
        Assert.Equal(["14", "13", "12", "11", "10"], ItemsOf(first).Concat(ItemsOf(second)).Select(entry => Text(entry, "resourceId")));
        Assert.Equal(["12", "11"], (await Entries($"tenant=paged&from={At(now.AddSeconds(-3))}&to={At(now.AddSeconds(-1))}")).Select(entry => Text(entry, "resourceId")));
        (await node.Operator().Get("operator/audit?after=nonsense")).IsProblem(HttpStatusCode.BadRequest, "bad-cursor");
        (await node.Operator().Get("operator/audit?from=yesterday")).IsProblem(HttpStatusCode.BadRequest, "bad-request");
    }

    static string At(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    static string? Text(JsonElement entry, string field) => entry.GetProperty(field).GetString();

    static IReadOnlyList<JsonElement> ItemsOf(Answer answer) => [.. answer.Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray()];

    async Task<IReadOnlyList<JsonElement>> Entries(string query) => ItemsOf(await node.Operator().Get($"operator/audit?{query}"));

    Task<Answer> SignIn(string login, string password) => node.Client().Post("sessions", new { login, password });
}
