using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TeleCube.Actors.Text;

namespace TeleCube.Api.Docs;

/// <summary>Values of the domain that are one text in JSON (ids, numbers, times of day) say so in the document.</summary>
sealed class TextSchemas : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (IsText(Nullable.GetUnderlyingType(type) ?? type))
            schema.Type = type.IsValueType && Nullable.GetUnderlyingType(type) is null ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        if (context.JsonTypeInfo.ElementType is { } element && IsText(element)) Describe(schema, context.JsonTypeInfo.Kind);
        return Task.CompletedTask;
    }

    static void Describe(OpenApiSchema schema, JsonTypeInfoKind kind)
    {
        var text = new OpenApiSchema { Type = JsonSchemaType.String };
        if (kind is JsonTypeInfoKind.Enumerable) schema.Items = text;
        if (kind is JsonTypeInfoKind.Dictionary) schema.AdditionalProperties = text;
    }

    static bool IsText(Type type)
    {
        var converter = type.GetCustomAttribute<JsonConverterAttribute>()?.ConverterType?.BaseType;
        return converter is { IsGenericType: true } && converter.GetGenericTypeDefinition() == typeof(TextJsonConverter<>);
    }
}
