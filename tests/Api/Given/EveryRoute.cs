using Microsoft.AspNetCore.Routing.Patterns;

namespace TeleCube.Api.Tests.Given;

/// <summary>For tests that go through all routes.</summary>
static class EveryRoute
{
    /// <summary>A path of the route; what stands in braces is filled with something that parses.</summary>
    public static string Filled(this RoutePattern pattern) => "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
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

    /// <summary>A request that says nothing but is of a form that the route takes.</summary>
    public static Task<Answer> Call(this HttpClient client, string method, string path) =>
        client.Send(new HttpMethod(method), path, BodyOf(method, path), ("Accept", "application/json"));

    /// <summary>Of a type that the route takes: what it does not is refused before anybody is asked who they are.</summary>
    static string? BodyOf(string method, string path)
    {
        if (method is "GET" or "DELETE") return null;
        if (path.EndsWith("/announcements", StringComparison.Ordinal) || path.EndsWith("/audio", StringComparison.Ordinal)) return null;
        return path.EndsWith("/rows", StringComparison.Ordinal) ? "48,Polska,0.05" : "{}";
    }
}
