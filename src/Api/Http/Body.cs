using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;

namespace TeleCube.Api.Http;

/// <summary>
/// A JSON body. What cannot be read is a fault of its field and left out of <see cref="Value"/>, so that the handler can judge the rest
/// and the client hears of everything at once.
/// </summary>
public sealed record Body<T>(T Value, Faults Faults) : IEndpointParameterMetadataProvider where T : class, new()
{
    public static async ValueTask<Body<T>?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var faults = new Faults();
        try
        {
            var json = await ReadObject(context.Request);
            JsonFields.Prune(json, ApiJson.Options.GetTypeInfo(typeof(T)), "", faults, Shown(context));
            return new Body<T>(json.Deserialize<T>(ApiJson.Options)!, faults);
        }
        catch (InvalidOperationException fault) when (fault.Message.Contains("UTF-16", StringComparison.Ordinal)) // the reader finds it only where the text is asked for
        {
            throw new MalformedJsonException(@"a \u escape is one half of a character: write both halves, or the character itself", fault);
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
    }

    /// <summary>If everything is right so far, null.</summary>
    public Refused? Refusal => Faults.Any ? Faults.ToRefusal() : null;

    /// <summary>What is read may be sent back: a PUT takes what its answer shows, and looks only at what can be changed there.</summary>
    static Type? Shown(HttpContext context) => HttpMethods.IsPut(context.Request.Method)
        ? context.GetEndpoint()?.Metadata.OfType<IProducesResponseTypeMetadata>().FirstOrDefault(answer => answer.StatusCode == StatusCodes.Status200OK)?.Type
        : null;

    static async Task<JsonObject> ReadObject(HttpRequest request)
    {
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = JsonFault.MaxDepth, AllowDuplicateProperties = false };
            var node = await JsonNode.ParseAsync(request.Body, documentOptions: options, cancellationToken: request.HttpContext.RequestAborted);
            if (node is JsonObject json) return json;
        }
        catch (JsonException fault)
        {
            throw new MalformedJsonException(JsonFault.Of(fault), fault);
        }

        throw new MalformedJsonException("a JSON object is expected");
    }
}
