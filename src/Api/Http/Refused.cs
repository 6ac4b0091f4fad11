using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Api.Http;

/// <summary>A failure as <c>application/problem+json</c> (RFC 9457).</summary>
public sealed class Refused : IResult, IEndpointMetadataProvider
{
    const int RetryAfterSeconds = 2;

    readonly Problem _problem;
    readonly string? _detail;

    Refused(Problem problem, string? detail) => (_problem, _detail) = (problem, detail);

    /// <summary>What is wrong, by field; null where it is not about fields.</summary>
    public IDictionary<string, string[]>? Errors { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public string Code => _problem.Code;

    public static Refused By(Rejection rejection)
    {
        var problem = Problems.Of(rejection.Code);
        return new Refused(problem, rejection.Detail)
        {
            Errors = NamesField(rejection) ? new Dictionary<string, string[]> { [rejection.Detail!] = [problem.Title] } : null,
        };
    }

    public static Refused With(string code, string? detail = null) => new(Problems.Of(code), detail);

    public static Refused Fields(IDictionary<string, string[]> errors) => new(Problems.Of(ApiCodes.InvalidFields), null) { Errors = errors };

    /// <summary>A value of the path or the query that cannot be read.</summary>
    public static Refused Unreadable(string code, string field, string fault) =>
        new(Problems.Of(code), $"{field} {fault}") { Errors = new Dictionary<string, string[]> { [field] = [fault] } };

    /// <summary>One field is wrong, and one sentence says how.</summary>
    public static Refused Field(string code, string field, string text) =>
        new(Problems.Of(code), text) { Errors = new Dictionary<string, string[]> { [field] = [text] } };

    public static Refused After(string code, TimeSpan wait, string? detail = null) => new(Problems.Of(code), detail) { RetryAfter = wait };

    internal static Refused With(Problem problem) => new(problem, null);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        if (RetrySeconds is { } seconds) response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var body = new ProblemDetails
        {
            Type = _problem.Type,
            Title = _problem.Title,
            Status = _problem.Status,
            Detail = _detail,
            Instance = httpContext.Request.Path,
        };
        if (Errors is { } errors) body.Extensions["errors"] = errors;
        response.StatusCode = _problem.Status;
        return response.WriteAsJsonAsync(body, ApiJson.Options, "application/problem+json", httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var status in (int[])[401, 403, 404, 409, 412, 422])
            builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));
    }

    int? RetrySeconds => RetryAfter is { } wait ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))
        : _problem.Status == StatusCodes.Status503ServiceUnavailable ? RetryAfterSeconds
        : null;

    /// <summary>These two say in their detail which field they mean.</summary>
    static bool NamesField(Rejection rejection) => rejection is { Code: Refusals.InvalidValue or Refusals.ImmutableField, Detail: not null };
}
