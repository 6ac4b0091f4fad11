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
        var errors = answer.Json.GetProperty("errors");
        Assert.Equal("must be a whole number (at most 2147483647), not the text \"x\"", errors.GetProperty("ringSeconds")[0].GetString());
        Assert.Equal("must be a text, not 5", errors.GetProperty("description")[0].GetString());
        Assert.Matches("^must be one of national, .*, not the text \"mars\"$", errors.GetProperty("allowedDestinations[0]")[0].GetString());
    }

    [Fact]
    public async Task A_fault_says_what_was_expected_and_what_was_given()
    {
        await node.HasTenant("expecting");
        foreach (var (body, field, text) in new[]
        {
            ("""{ "ringSeconds": 99999999999 }""", "ringSeconds", "must be a whole number (at most 2147483647), not 99999999999"),
            ("""{ "ringSeconds": 1e400 }""", "ringSeconds", "must be a whole number (at most 2147483647), not 1e400"),
            ("""{ "ringSeconds": 20.5 }""", "ringSeconds", "must be a whole number (at most 2147483647), not 20.5"),
            ("""{ "ringSeconds": [20] }""", "ringSeconds", "must be a whole number (at most 2147483647), not a list"),
            ("""{ "forwards": [] }""", "forwards", "must be an object, not a list"),
            ("""{ "allowedDestinations": { } }""", "allowedDestinations", "must be a list, not an object"),
            ("""{ "description": { "a": 1 } }""", "description", "must be a text, not an object"),
        })
        {
            var answer = (await node.Operator().Post("tenants/expecting/extensions", body)).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-fields");
            Assert.Equal(text, answer.Json.GetProperty("errors").GetProperty(field)[0].GetString());
        }
    }

    [Theory]
    [InlineData("{ not json", "line 1, byte 3: 'n' can't stand here")]
    [InlineData("{ \"a\": 1,\n \"b\" 2 }", "line 2, byte 6: '2' can't stand here")]
    [InlineData("{ \"a\": truth }", "line 1, byte 11: 'truth' can't stand here")]
    [InlineData("{ \"a\": 1, }", "line 1, byte 11: nothing follows the comma")]
    [InlineData("{ \"a\": [1 ", "line 1, byte 11: it ends too early; an object, a list or a text is not closed")]
    [InlineData("{ \"a\": \"b", "line 1, byte 10: it ends too early; an object, a list or a text is not closed")]
    [InlineData("{ \"a\": 1, \"a\": 2 }", "the name 'a' stands twice in one object")]
    [InlineData("{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}", "line 1, byte 21: objects and lists stand more than 16 deep in each other")]
    public async Task What_is_no_JSON_is_told_in_plain_words(string body, string detail) =>
        Assert.Equal(detail, (await node.Operator().Post("operator/tenants", body)).IsProblem(HttpStatusCode.BadRequest, "malformed-json")["detail"]);

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
    public async Task A_query_that_makes_no_sense_is_refused_by_its_name()
    {
        await node.HasTenant("querying");
        foreach (var (path, field) in new[]
        {
            ("extensions?limit=0", "limit"),
            ("cdrs?limit=-1", "limit"),
            ("cdrs?caller=4%00", "caller"), // PostgreSQL takes no NUL
            ("cdrs.csv?caller=4%00", "caller"),
            ("cdrs.csv?callee=%0d", "callee"),
            ("cdrs?direction=1", "direction"),
            ("cdrs?direction=internal,incoming", "direction"),
            ("cdrs?after=%00", "after"),
            ("sms?state=1", "state"),
        })
            Assert.Equal([field], (await node.Operator().Get($"tenants/querying/{path}")).Is(HttpStatusCode.BadRequest).FaultyFields);
    }

    [Fact]
    public async Task A_text_that_would_break_or_turn_what_stands_beside_it_is_refused()
    {
        await node.HasTenant("turning");
        foreach (var (text, field) in new[]
        {
            ("\u202Eanna", "description"), // written backwards
            ("Biuro\u2028Szef", "description"),
            ("Biuro\r\nX-Evil: 1", "description"),
            ("\u0000", "description"),
        })
            Assert.Equal([field], (await node.Operator().Post("tenants/turning/extensions", new { number = "10", description = text }))
                .IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-fields").FaultyFields);
    }

    [Fact]
    public async Task A_number_of_days_beyond_all_time_is_a_fault_of_its_field()
    {
        await node.HasTenant("forever");
        Assert.Equal(["cdrRetentionDays"], (await node.Operator().Put("tenants/forever/settings", new { cdrRetentionDays = int.MaxValue }))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-fields").FaultyFields);
    }

    [Fact]
    public async Task A_name_that_nobody_can_see_is_none()
    {
        await node.HasTenant("unseen");
        var answer = await node.Operator().Post("tenants/unseen/users", new { login = "anna", name = "\u200B\u2060", role = "consultant", password = "ten or more characters" });
        Assert.Equal("is required", answer.IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-fields").Json.GetProperty("errors").GetProperty("name")[0].GetString());
        (await node.Operator().Post("tenants/unseen/users", new { login = "zofia", name = "Zofia 👩\u200D💻", role = "consultant", password = "ten or more characters" })).Is(HttpStatusCode.Created);
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
