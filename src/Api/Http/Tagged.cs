using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace TeleCube.Api.Http;

/// <summary>A configuration resource with its version as the ETag; created ones have a location.</summary>
public sealed class Tagged<T>(T value, long version, string? location = null) : IResult, IEndpointMetadataProvider
{
    public T Value => value;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.Headers.ETag = ETags.Of(version);
        if (location is not null) response.Headers.Location = location;
        response.StatusCode = location is null ? StatusCodes.Status200OK : StatusCodes.Status201Created;
        return response.WriteAsJsonAsync(value, ApiJson.Options, httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(builder);
        var creates = builder.Metadata.OfType<IHttpMethodMetadata>().Any(verbs => verbs.HttpMethods.Contains(HttpMethods.Post));
        var status = creates ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(T), ["application/json"]));
    }
}
