using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
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
        foreach (var (method, path) in Routes(_ => true)) (await client.Call(method, path)).IsProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task An_unknown_token_opens_no_route()
    {
        foreach (var token in new[] { "wrong", "tcs_AAAA", "tct_ours.id.secret", "tct_" })
        {
            using var client = node.Client(token);
            foreach (var (method, path) in Routes(_ => true)) (await client.Call(method, path)).Is(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task Another_tenants_administrator_finds_nothing_on_any_route()
    {
        await node.HasTenant("theirs");
        await node.HasTenant("strangers");
        using var stranger = node.Client(await node.HasToken("strangers", "administrator"));
        foreach (var (method, path) in Routes(route => route.Contains("/tenants/{tenantId}", StringComparison.Ordinal)))
            (await stranger.Call(method, path.Replace("{tenantId}", "theirs", StringComparison.Ordinal))).IsProblem(HttpStatusCode.NotFound, "no-such-tenant");
    }

    [Fact]
    public async Task A_tenant_that_is_not_there_looks_the_same_as_another_ones()
    {
        foreach (var (method, path) in Routes(route => route.Contains("/tenants/{tenantId}", StringComparison.Ordinal)))
            (await node.Operator().Call(method, path.Replace("{tenantId}", "nobody", StringComparison.Ordinal))).IsProblem(HttpStatusCode.NotFound, "no-such-tenant");
    }

    [Fact]
    public async Task A_tenants_administrator_has_no_way_to_the_operators_routes()
    {
        await node.HasTenant("curious");
        using var curious = node.Client(await node.HasToken("curious", "administrator"));
        foreach (var (method, path) in Routes(route => route.Contains("/operator/", StringComparison.Ordinal)))
            (await curious.Call(method, path)).IsProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_consultant_changes_nothing_of_the_configuration()
    {
        await node.HasTenant("guarded");
        using var consultant = node.Client(await node.HasToken("guarded", "consultant"));
        foreach (var (method, path) in Routes(route => route.Contains("/tenants/{tenantId}", StringComparison.Ordinal) && !route.Contains("/calls", StringComparison.Ordinal)))
            if (method != "GET")
                (await consultant.Call(method, path.Replace("{tenantId}", "guarded", StringComparison.Ordinal))).IsProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    /// <summary>Method and path of each route of the API that asks for anybody at all; what stands in braces is filled with something that parses.</summary>
    List<(string Method, string Path)> Routes(Func<string, bool> which)
    {
        var routes = node.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText?.StartsWith("/api/", StringComparison.Ordinal) == true && which(route.RoutePattern.RawText)
                && route.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .SelectMany(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => (method, route.RoutePattern.Filled())))
            .ToList();
        Assert.NotEmpty(routes);
        return routes;
    }
}
