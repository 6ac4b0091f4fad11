using System.Net;
using TeleCube.Api.Tests.Given;

namespace TeleCube.Api.Tests;

/// <summary>Configuration resources: create, read, replace with If-Match, delete; faults by field.</summary>
public sealed class ConfigurationTests(ApiNode node) : IClassFixture<ApiNode>
{
    [Fact]
    public async Task An_extension_lives_from_create_to_delete()
    {
        await node.HasTenant("acme");
        using var client = node.Operator();
        var made = (await client.Post("tenants/acme/extensions", new { number = "10", description = "Sekretariat", password = "secret-10" })).Is(HttpStatusCode.Created);
        Assert.Equal("acme_10", made["sipUser"]);
        Assert.Equal("True", made["hasPassword"]);
        Assert.NotNull(made.ETag);

        var changed = (await client.Put("tenants/acme/extensions/10", new { description = "Biuro", ringSeconds = 20 }, made.ETag)).Is(HttpStatusCode.OK);
        Assert.Equal("Biuro", changed["description"]);
        Assert.Equal("20", changed["ringSeconds"]);
        Assert.Equal("True", changed["hasPassword"]);
        Assert.Equal(changed.ETag, (await client.Get("tenants/acme/extensions/10")).Is(HttpStatusCode.OK).ETag);

        (await client.Put("tenants/acme/extensions/10", new { description = "late" }, made.ETag)).IsProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await client.Put("tenants/acme/extensions/10/password", new { password = "another-one" })).Is(HttpStatusCode.NoContent);
        Assert.Empty((await client.Get("tenants/acme/extensions/10/registrations")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray());
        (await client.Delete("tenants/acme/extensions/10")).Is(HttpStatusCode.NoContent);
        (await client.Get("tenants/acme/extensions/10")).IsProblem(HttpStatusCode.NotFound, "no-such-extension");
    }

    [Fact]
    public async Task A_bad_body_is_told_every_fault_at_once()
    {
        await node.HasTenant("faulty");
        var answer = await node.Operator().Post("tenants/faulty/extensions", """
            { "number": "1", "description": 5, "ringSeconds": "x", "callWaiting": "yes", "presentedNumber": "12", "colour": "red",
              "allowedDestinations": ["mars"], "forwards": { "busy": "abc", "noAnswer": true } }
            """);
        answer.IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-fields");
        Assert.Equal(
            ["allowedDestinations[0]", "callWaiting", "colour", "description", "forwards.busy", "forwards.noAnswer", "number", "presentedNumber", "ringSeconds"],
            answer.FaultyFields);
    }

    [Theory]
    [InlineData("{ not json")]
    [InlineData("{ \"a\": 1, \"a\": 2 }")]
    [InlineData(@"{ ""id"": ""\ud83d"" }")]
    [InlineData(@"{ ""na\ud800me"": 1 }")]
    public async Task A_body_that_is_no_JSON_is_a_bad_request(string body)
    {
        (await node.Operator().Post("operator/tenants", body)).IsProblem(HttpStatusCode.BadRequest, "malformed-json");
    }

    [Fact]
    public async Task A_list_is_read_page_by_page()
    {
        await node.HasTenant("pages");
        using var client = node.Operator();
        foreach (var number in new[] { "10", "11", "100" }) (await client.Post("tenants/pages/extensions", new { number })).Is(HttpStatusCode.Created);
        var first = (await client.Get("tenants/pages/extensions?limit=2")).Is(HttpStatusCode.OK);
        Assert.Equal(["10", "11"], first.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("number").GetString()));
        var second = (await client.Get($"tenants/pages/extensions?limit=2&after={first["next"]}")).Is(HttpStatusCode.OK);
        Assert.Equal(["100"], second.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("number").GetString()));
        Assert.Equal("", second["next"]);
    }

    [Fact]
    public async Task An_external_number_needs_its_price_accepted()
    {
        await node.HasTenant("priced");
        using var client = node.Operator();
        (await client.Post("tenants/priced/external-numbers", new { number = "943 401 199" })).IsProblem(HttpStatusCode.UnprocessableEntity, "quote-required");
        var quote = (await client.Post("tenants/priced/external-numbers/quote", new { number = "943 401 199" })).Is(HttpStatusCode.OK);
        Assert.Equal("+48943401199", quote["number"]);
        Assert.Equal("0.0615", quote["gross"]);
        Assert.Equal(("0.0500", "PLN", "Polska Stacjonarne"), (quote["net"], quote["currency"], quote["destination"]));
        Assert.Equal("6,2", quote["grossGroszePerMinute"]);

        var made = (await client.Post("tenants/priced/external-numbers", new { id = "office", number = "943401199", acceptedQuoteId = quote["quoteId"] }))
            .Is(HttpStatusCode.Created);
        Assert.Equal("operator", made.Json.GetProperty("accepted").GetProperty("by").GetString());
        (await client.Put("tenants/priced/external-numbers/office", new { number = "943401198" })).IsProblem(HttpStatusCode.UnprocessableEntity, "quote-required");
        (await client.Put("tenants/priced/external-numbers/office", new { number = "943401199", presentation = "passive" })).Is(HttpStatusCode.OK);
        (await client.Delete("tenants/priced/external-numbers/office")).Is(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task An_external_number_has_keys_a_short_code_and_rights()
    {
        await node.HasTenant("coded");
        using var client = node.Operator();
        var quote = (await client.Post("tenants/coded/external-numbers/quote", new { number = "501 222 333" })).Is(HttpStatusCode.OK);
        Assert.Equal(("True", "0.1500"), (quote["smsAvailable"], quote.Json.GetProperty("smsPrice").GetProperty("net").GetString()));
        var wrong = await client.Post("tenants/coded/external-numbers", new { number = "501222333", dtmfSequence = "12x", shortCode = "*22", acceptedQuoteId = quote["quoteId"] });
        Assert.Equal(["dtmfSequence", "shortCode"], wrong.FaultyFields);

        var made = (await client.Post("tenants/coded/external-numbers", new
        {
            id = "boss",
            number = "501222333",
            dtmfSequence = ",4711#",
            shortCode = "022",
            mayTransfer = true,
            sendsCallerBySms = true,
            acceptedQuoteId = quote["quoteId"],
        })).Is(HttpStatusCode.Created);
        Assert.Equal((",4711#", "022", "True", "True"), (made["dtmfSequence"], made["shortCode"], made["mayTransfer"], made["sendsCallerBySms"]));
        Assert.Equal("0.1845", made.Json.GetProperty("accepted").GetProperty("pricePerSms").GetProperty("gross").GetString());

        using var consultant = node.Client(await node.HasToken("coded", "consultant"));
        var seen = (await consultant.Get("tenants/coded/external-numbers/boss")).Is(HttpStatusCode.OK);
        Assert.Equal(("", "True"), (seen["dtmfSequence"], seen["hasDtmfSequence"]));
        Assert.DoesNotContain("4711", (await consultant.Get("tenants/coded/external-numbers")).Is(HttpStatusCode.OK).Json.ToString(), StringComparison.Ordinal);

        var landline = (await client.Post("tenants/coded/external-numbers/quote", new { number = "943401177" })).Is(HttpStatusCode.OK);
        Assert.Equal(("False", ""), (landline["smsAvailable"], landline["smsPrice"]));
        (await client.Post("tenants/coded/external-numbers", new { number = "943401177", sendsCallerBySms = true, acceptedQuoteId = landline["quoteId"] }))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "sms-not-available");
        (await client.Post("tenants/coded/external-numbers", new { number = "943401177", shortCode = "022", acceptedQuoteId = landline["quoteId"] }))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "short-code-taken");
        (await client.Post("tenants/coded/external-numbers", new { number = "943401177", shortCode = "21", acceptedQuoteId = landline["quoteId"] }))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "short-code-reserved");
    }

    [Fact]
    public async Task Phone_numbers_are_saved_all_or_none()
    {
        await node.HasTenant("dids");
        using var client = node.Operator();
        foreach (var number in new[] { "943401128", "943401129" })
            (await client.Post("operator/phone-numbers", new { number, tenant = "dids" })).Is(HttpStatusCode.Created);
        (await client.Post("tenants/dids/extensions", new { number = "10" })).Is(HttpStatusCode.Created);

        var bad = new { items = new object[] { Row("+48943401128", "10"), Row("+48943401129", "99") } };
        (await client.Put("tenants/dids/phone-numbers", bad)).IsProblem(HttpStatusCode.UnprocessableEntity, "no-such-target");
        Assert.Equal("", (await client.Get("tenants/dids/phone-numbers/+48943401128")).Is(HttpStatusCode.OK)["forwardTo"]);

        var good = new { items = new object[] { Row("+48943401128", "10"), Row("943 401 129", "10") } };
        (await client.Put("tenants/dids/phone-numbers", good)).Is(HttpStatusCode.OK);
        var saved = (await client.Get("tenants/dids/phone-numbers/+48943401128")).Is(HttpStatusCode.OK);
        Assert.Equal("10", saved.Json.GetProperty("forwardTo").GetProperty("id").GetString());
        Assert.Equal("Polska > Koszalin", saved["zone"]);

        static object Row(string number, string extension) => new { number, clipPrefix = "Info", forwardTo = new { kind = "extension", id = extension } };
    }

    [Fact]
    public async Task A_number_of_another_tenant_is_quoted_as_it_is_charged()
    {
        await node.HasTenant("asking");
        await node.HasTenant("asked");
        using var client = node.Operator();
        (await client.Post("operator/phone-numbers", new { number = "943401131", tenant = "asked" })).Is(HttpStatusCode.Created);
        var quote = (await client.Post("tenants/asking/external-numbers/quote", new { number = "943401131" })).Is(HttpStatusCode.OK);
        Assert.Equal("0.0000", quote["gross"]); // no row on-net
    }

    [Fact]
    public async Task A_number_of_the_pool_has_one_holder()
    {
        await node.HasTenant("holder");
        await node.HasTenant("rival");
        using var client = node.Operator();
        (await client.Post("operator/phone-numbers", new { number = "943401130", tenant = "holder" })).Is(HttpStatusCode.Created);
        (await client.Put("operator/phone-numbers/+48943401130", new { tenant = "rival" })).IsProblem(HttpStatusCode.Conflict, "number-assigned");
        (await client.Delete("operator/phone-numbers/+48943401130")).IsProblem(HttpStatusCode.Conflict, "number-assigned");
    }

    [Fact]
    public async Task Settings_show_own_numbers_only()
    {
        await node.HasTenant("settled");
        using var client = node.Operator();
        (await client.Put("tenants/settled/settings", new { defaultPresentedNumber = "943401177" })).IsProblem(HttpStatusCode.UnprocessableEntity, "not-own-number");
        Assert.Equal("90", (await client.Put("tenants/settled/settings", new { cdrRetentionDays = 90 })).Is(HttpStatusCode.OK)["cdrRetentionDays"]);
        Assert.Equal(["cdrRetentionDays"], (await client.Put("tenants/settled/settings", new { cdrRetentionDays = 0 })).FaultyFields);
    }
}
