using Grid.Host.Policies;

namespace Grid.Host.Api;

/// <summary>Schemas of what is pushed, for editors; public.</summary>
public static class SchemasApi
{
    private const string MediaType = "application/schema+json";

    private static readonly byte[] Policy = System.Text.Encoding.UTF8.GetBytes(PolicySchema.Document.ToJsonString());

    public static void MapSchemas(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/schemas/policy.json", static () => TypedResults.Bytes(Policy, MediaType)).WithTags("Policies").WithSummary("JSON Schema of policies").Produces(200, contentType: MediaType);
}
