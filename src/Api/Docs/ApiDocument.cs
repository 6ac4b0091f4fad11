using Microsoft.OpenApi;

namespace TeleCube.Api.Docs;

/// <summary>
/// The OpenAPI document at <c>/openapi/v1.json</c>, committed as <c>src/Api/openapi.json</c>, and the page that shows it.
/// </summary>
static class ApiDocument
{
    const string Name = "v1";
    const string PageResource = "TeleCube.Api.Docs.docs.html";
    const string Scheme = "bearer";

    public static void AddTeleCubeDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
        options.AddSchemaTransformer<TextSchemas>();
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
    });

    public static void MapDocument(this WebApplication web)
    {
        web.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        web.MapGet("/docs", () => Results.Stream(Page, "text/html; charset=utf-8")).AllowAnonymous().ExcludeFromDescription();
    }

    static Stream Page => typeof(ApiDocument).Assembly.GetManifestResourceStream(PageResource)!;

    static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "TeleCube",
            Version = Name,
            Description = "The REST API of TeleCube. Failures are application/problem+json; docs/problems.md explains their types.",
        };
        document.Servers = []; // the address at which it happened to be asked is no part of the document
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Scheme },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
    }
}
