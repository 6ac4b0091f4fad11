using System.Net;

namespace TeleCube.Api.Tests.Given;

/// <summary>A company on the platform, set up over the API as its operator would.</summary>
static class Company
{
    public const string Password = "a-good-password";

    public static async Task HasPlatform(this ApiNode node)
    {
        var client = node.Operator();
        (await client.Put("operator/packages/premium", new { name = "Premium", monthlyNet = "49.00" })).Is(HttpStatusCode.OK);
        var rows = new[]
        {
            new { key = "48", name = "Polska Stacjonarne", net = "0.0500", unit = "minute" },
            new { key = "sms-premium", name = "SMS Premium", net = "0.1500", unit = "sms" },
        };
        (await client.Put("operator/tariffs/standard", new { name = "Standard", vat = new[] { new { from = "2011-01-01", rate = "0.23" } }, rows }))
            .Is(HttpStatusCode.OK);
    }

    public static async Task HasTenant(this ApiNode node, string id)
    {
        await node.HasPlatform();
        (await node.Operator().Post("operator/tenants", new { id, name = id, package = "premium", tariff = "standard" })).Is(HttpStatusCode.Created);
    }

    /// <summary>A tenant's API token with that role.</summary>
    public static async Task<string> HasToken(this ApiNode node, string tenant, string role) =>
        (await node.Operator().Post($"tenants/{tenant}/api-tokens", new { name = role, role })).Is(HttpStatusCode.Created)["token"]!;

    public static async Task HasUser(this ApiNode node, string tenant, string login, string role = "administrator") =>
        (await node.Operator().Post($"tenants/{tenant}/users", new { id = login, login, name = login, role, password = Password })).Is(HttpStatusCode.Created);
}
