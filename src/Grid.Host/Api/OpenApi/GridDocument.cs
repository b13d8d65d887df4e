using Grid.Host.Options;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Grid.Host.Api.OpenApi;

/// <summary>What is said of the API as a whole: how a key is given, where it is served, what errors look like.</summary>
internal sealed class GridDocument(GridOptions options) : IOpenApiDocumentTransformer
{
    /// <summary>Name of the way a key is given.</summary>
    public const string Bearer = "key";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new()
        {
            Title = "Grid",
            Version = typeof(GridDocument).Assembly.GetName().Version?.ToString(3) ?? "0",
            Description = "Sends email for many customers, and decides who may send. JSON in camelCase, times in RFC 3339 UTC, rates as fractions "
                + "(0.001 = 0.1 %). Errors are application/problem+json (RFC 9457), with the clause where a policy refused.",
        };
        document.Servers = [new() { Url = options.PublicUrl }];
        document.Components ??= new();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The operator's key, or a tenant's: each operation says which.",
        };
        return Task.CompletedTask;
    }
}
