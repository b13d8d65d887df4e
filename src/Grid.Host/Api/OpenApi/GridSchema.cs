using System.Text.Json.Serialization.Metadata;
using Grid.Host.Api.SendGrid;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Grid.Host.Api.OpenApi;

/// <summary>What is said of the shapes of bodies: what may be null may be absent too, enums are strings, and SendGrid's have SendGrid's names.</summary>
internal sealed class GridSchema : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var property in context.JsonTypeInfo.Properties.Where(property => property.IsGetNullable || property.IsSetNullable))
        {
            schema.Required?.Remove(property.Name);
        }

        if (schema is { Enum.Count: > 0, Type: null })
        {
            schema.Type = schema.Enum.Contains(null!) ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
        }

        if (context.JsonPropertyInfo is null && schema.Properties is { Count: > 0 } && SendGridJson.Default.GetTypeInfo(context.JsonTypeInfo.Type) is { Kind: JsonTypeInfoKind.Object } theirs)
        {
            var names = context.JsonTypeInfo.Properties.Zip(theirs.Properties).ToDictionary(pair => pair.First.Name, pair => pair.Second.Name);
            schema.Properties = schema.Properties.ToDictionary(property => names.GetValueOrDefault(property.Key, property.Key), property => property.Value);
            schema.Required = schema.Required is null ? null : new HashSet<string>(schema.Required.Select(name => names.GetValueOrDefault(name, name)));
        }

        return Task.CompletedTask;
    }
}
