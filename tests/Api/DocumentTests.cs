using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using TeleCube.Api.Tests.Given;
using TeleCube.Tests.Support;

namespace TeleCube.Api.Tests;

/// <summary>The OpenAPI document is a reviewed file: what is served must be what is committed.</summary>
public sealed class DocumentTests(ApiNode node) : IClassFixture<ApiNode>
{
    const string Renew = "TELECUBE_RENEW_OPENAPI";

    static readonly string _committed = Path.Combine(Repository.Folder, "src", "Api", "openapi.json");

    [Fact]
    public async Task The_committed_document_is_the_one_that_is_served()
    {
        var served = JsonNode.Parse((await node.Client().Get("/openapi/v1.json")).Is(HttpStatusCode.OK).Text)!;
        var text = served.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
        if (Environment.GetEnvironmentVariable(Renew) is "1") await File.WriteAllTextAsync(_committed, text);
        Assert.True(File.Exists(_committed) && await File.ReadAllTextAsync(_committed) == text,
            $"the API has changed: renew src/Api/openapi.json with {Renew}=1 dotnet test tests/Api --filter DocumentTests, and review its diff");
    }

    [Fact]
    public async Task Every_operation_has_a_summary_and_a_tag()
    {
        var paths = (await node.Client().Get("/openapi/v1.json")).Json.GetProperty("paths").EnumerateObject().ToList();
        Assert.NotEmpty(paths);
        foreach (var operation in paths.SelectMany(path => path.Value.EnumerateObject().Where(member => member.Name != "parameters").Select(member => (path.Name, member))))
        {
            Assert.True(operation.member.Value.TryGetProperty("summary", out _), $"{operation.member.Name} {operation.Name} has no summary");
            Assert.True(operation.member.Value.TryGetProperty("tags", out _), $"{operation.member.Name} {operation.Name} has no tag");
        }
    }

    [Fact]
    public async Task The_page_needs_nothing_from_elsewhere()
    {
        var page = (await node.Client().Get("/docs")).Is(HttpStatusCode.OK);
        Assert.Equal("text/html", page.ContentType);
        Assert.DoesNotContain("http://", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page.Text, StringComparison.Ordinal);
    }
}
