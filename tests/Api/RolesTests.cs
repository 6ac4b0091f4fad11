using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Identity;
using TeleCube.Api.Tests.Given;
using TeleCube.Tests.Support;

namespace TeleCube.Api.Tests;

/// <summary>docs/roles.md says of each route who may use it at least, and it is so.</summary>
public sealed class RolesTests(ApiNode node) : IClassFixture<ApiNode>
{
    const string Renew = "TELECUBE_RENEW_OPENAPI";

    static readonly string _page = Path.Combine(Repository.Folder, "docs", "roles.md");

    sealed record Route(string Method, string Path, string Filled, string Least, string Tag, string Summary)
    {
        public string Row => $"| `{Method} {Path}` | {Least} | {Summary} |";
    }

    [Fact]
    public async Task The_handbook_has_every_route_with_the_role_that_it_asks_for()
    {
        var text = string.Join('\n', [
            "# Who may do what", "",
            "Each route of the API under `/api/v1` with the least role that may use it: whoever has a higher one may too, and the operator may do everything.",
            $"This page is made from the routes themselves (`{Renew}=1 dotnet test tests/Api --filter RolesTests`).",
            .. Routes().GroupBy(route => route.Tag).SelectMany(group => (string[])["", $"## {group.Key}", "| route | least role | |", "|---|---|---|", .. group.Select(route => route.Row)]),
            ""]);
        if (Environment.GetEnvironmentVariable(Renew) is "1") await File.WriteAllTextAsync(_page, text);
        Assert.True(File.Exists(_page) && await File.ReadAllTextAsync(_page) == text, $"routes or roles have changed: renew docs/roles.md with {Renew}=1, and review its diff");
    }

    [Theory]
    [InlineData(UserRole.Consultant)]
    [InlineData(UserRole.Supervisor)]
    [InlineData(UserRole.Administrator)]
    public async Task Whoever_has_less_is_refused_and_nobody_else(UserRole role)
    {
        var tenant = $"as-{role}".ToLowerInvariant();
        await node.HasTenant(tenant);
        using var client = node.Client(await node.HasToken(tenant, Name(role)));
        foreach (var route in Routes().Where(route => route.Path.StartsWith("/tenants/", StringComparison.Ordinal)))
        {
            var refused = !Enum.TryParse<UserRole>(route.Least, ignoreCase: true, out var least) || role < least;
            if (!refused && route.Path.EndsWith("/events", StringComparison.Ordinal)) continue; // a stream: it never ends
            var answer = await client.Call(route.Method, route.Filled.Replace("{tenantId}", tenant, StringComparison.Ordinal));
            Assert.True(answer.Status == HttpStatusCode.Forbidden == refused, $"{role} at {route.Row}: {(int)answer.Status} {answer.Text}");
        }
    }

    List<Route> Routes()
    {
        var routes = node.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/api/v1/", StringComparison.Ordinal) == true)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => new Route(
                method, endpoint.RoutePattern.RawText!["/api/v1".Length..].TrimEnd('/'), endpoint.RoutePattern.Filled(), Least(endpoint),
                endpoint.Metadata.GetMetadata<ITagsMetadata>()!.Tags[0], endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()!.Summary)))
            .ToList();
        Assert.NotEmpty(routes);
        return routes;
    }

    static string Least(RouteEndpoint endpoint)
    {
        var asked = endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>().SelectMany(policy => policy.Requirements).ToList();
        var roles = asked.OfType<RoleAtLeast>().Select(requirement => requirement.Role).ToList();
        return endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null ? "none, without a token"
            : asked.OfType<OperatorOnly>().Any() ? "operator"
            : roles.Count > 0 ? Name(roles.Max())
            : "anybody with a token";
    }

    static string Name(UserRole role) => $"{role}".ToLowerInvariant();
}
