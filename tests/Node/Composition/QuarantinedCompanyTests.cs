using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using TeleCube.Tests.Support.Nodes;

namespace TeleCube.Node.Tests.Composition;

/// <summary>What one company's journal has come to keeps no other company from calling.</summary>
public sealed class QuarantinedCompanyTests
{
    [Fact]
    public async Task A_company_that_cannot_be_read_stays_away_and_the_others_are_served()
    {
        await using var node = await RunningNode.Start();
        using var client = node.Client;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", RunningNode.OperatorToken);
        var made = await client.PostAsJsonAsync("/api/v1/operator/tenants", new { id = "broken", name = "Broken", loginPrefix = "broken", package = "premium", tariff = "standard" });
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        Assert.Equal(0, await node.Stop());
        var spoilt = Execute(node, "UPDATE journal SET payload = CAST('{\"nonsense\":' AS BLOB) WHERE persistence_id LIKE 'tenant/broken/%'")
            + Execute(node, "UPDATE snapshot SET payload = CAST('{\"nonsense\":' AS BLOB) WHERE persistence_id LIKE 'tenant/broken/%'");
        Assert.True(spoilt > 0);
        Execute(node, "INSERT INTO registration VALUES ('firmaabcde', 'x', 'sip:x@127.0.0.1', NULL, NULL, NULL, NULL, 'c', 1, 1000, NULL, NULL, NULL, 0, 4102444800000000)");

        await node.StartAgain();

        var quarantine = (await client.GetFromJsonAsync<JsonElement>("/api/v1/operator/quarantine")).GetProperty("items");
        Assert.StartsWith("tenant/broken/", Assert.Single(quarantine.EnumerateArray()).GetProperty("entity").GetString(), StringComparison.Ordinal);
        using var ready = JsonDocument.Parse(await client.GetStringAsync("/readyz"));
        Assert.True(ready.RootElement.GetProperty("ready").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/tenants/firmaabcde/extensions/10")).StatusCode);
        Assert.Equal(0, await node.Stop());
    }

    static int Execute(RunningNode node, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(node.Data, "telecube.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }
}
