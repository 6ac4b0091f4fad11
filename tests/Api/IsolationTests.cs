using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using TeleCube.Api.Tests.Given;

namespace TeleCube.Api.Tests;

/// <summary>Every route there is: nobody passes without a token, nor into another tenant, nor to the operator's part.</summary>
public sealed class IsolationTests(ApiNode node) : IClassFixture<ApiNode>
{
    [Fact]
    public async Task Without_a_token_every_route_is_closed()
    {
        using var client = node.Client();
        foreach (var (method, path) in Routes(_ => true)) (await Call(client, method, path)).IsProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task An_unknown_token_opens_no_route()
    {
        foreach (var token in new[] { "wrong", "tcs_AAAA", "tct_ours.id.secret", "tct_" })
        {
            using var client = node.Client(token);
            foreach (var (method, path) in Routes(_ => true)) (await Call(client, method, path)).Is(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task Another_tenants_administrator_finds_nothing_on_any_route()
    {
        await node.HasTenant("theirs");
        await node.HasTenant("strangers");
        using var stranger = node.Client(await node.HasToken("strangers", "administrator"));
        foreach (var (method, path) in Routes(route => route.Contains("/tenants/{tenantId}", StringComparison.Ordinal)))
            (await Call(stranger, method, path.Replace("{tenantId}", "theirs", StringComparison.Ordinal))).IsProblem(HttpStatusCode.NotFound, "no-such-tenant");
    }

    [Fact]
    public async Task A_tenant_that_is_not_there_looks_the_same_as_another_ones()
    {
        foreach (var (method, path) in Routes(route => route.Contains("/tenants/{tenantId}", StringComparison.Ordinal)))
            (await Call(node.Operator(), method, path.Replace("{tenantId}", "nobody", StringComparison.Ordinal))).IsProblem(HttpStatusCode.NotFound, "no-such-tenant");
    }

    [Fact]
    public async Task A_tenants_administrator_has_no_way_to_the_operators_routes()
    {
        await node.HasTenant("curious");
        using var curious = node.Client(await node.HasToken("curious", "administrator"));
        foreach (var (method, path) in Routes(route => route.Contains("/operator/", StringComparison.Ordinal)))
            (await Call(curious, method, path)).IsProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_consultant_changes_nothing_of_the_configuration()
    {
        await node.HasTenant("guarded");
        using var consultant = node.Client(await node.HasToken("guarded", "consultant"));
        foreach (var (method, path) in Routes(route => route.Contains("/tenants/{tenantId}", StringComparison.Ordinal) && !route.Contains("/calls", StringComparison.Ordinal)))
            if (method != "GET")
                (await Call(consultant, method, path.Replace("{tenantId}", "guarded", StringComparison.Ordinal))).IsProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    /// <summary>Method and path of each route of the API that asks for anybody at all; what stands in braces is filled with something that parses.</summary>
    List<(string Method, string Path)> Routes(Func<string, bool> which)
    {
        var routes = node.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText?.StartsWith("/api/", StringComparison.Ordinal) == true && which(route.RoutePattern.RawText)
                && route.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .SelectMany(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => (method, Path(route.RoutePattern))))
            .ToList();
        Assert.NotEmpty(routes);
        return routes;
    }

    static string Path(RoutePattern pattern) => "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart { Name: "tenantId" } => "{tenantId}",
        RoutePatternParameterPart { Name: "extension" or "consultant" } => "10",
        RoutePatternParameterPart { Name: "queue" or "group" } => "1000",
        RoutePatternParameterPart { Name: "number" } => "+48943401128",
        RoutePatternParameterPart { Name: "version" } => "1",
        _ => "some",
    }))));

    static Task<Answer> Call(HttpClient client, string method, string path) =>
        client.Send(new HttpMethod(method), path, BodyOf(method, path), ("Accept", "application/json"));

    /// <summary>Of a type that the route takes: what it does not is refused before anybody is asked who they are.</summary>
    static string? BodyOf(string method, string path)
    {
        if (method is "GET" or "DELETE") return null;
        if (path.EndsWith("/announcements", StringComparison.Ordinal) || path.EndsWith("/audio", StringComparison.Ordinal)) return null;
        return path.EndsWith("/rows", StringComparison.Ordinal) ? "48,Polska,0.05" : "{}";
    }
}
