using Grid.Host.Api;
using Grid.Host.Api.OpenApi;

namespace Grid.Host.Wiring;

/// <summary>The API's document at /openapi/v1.json, and pages to read and try it at /docs.</summary>
internal static class DocsWiring
{
    private const string Prefix = "docs";

    // The pages' own styles are inline; scripts are not, and nothing comes from elsewhere.
    private const string ContentPolicy = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static void AddGridDocs(this WebApplicationBuilder builder)
    {
        // Shapes are told as the API's own JSON has them: enums by name, numbers as numbers.
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            var (ours, told) = (ApiJson.Default.Options, options.SerializerOptions);
            (told.NumberHandling, told.DefaultIgnoreCondition) = (ours.NumberHandling, ours.DefaultIgnoreCondition);
            foreach (var converter in ours.Converters)
            {
                told.Converters.Add(converter);
            }
        });
        builder.Services.AddOpenApi(options =>
        {
            options.AddDocumentTransformer<GridDocument>();
            options.AddOperationTransformer<GridOperation>();
            options.AddSchemaTransformer<GridSchema>();
        });
    }

    public static void MapGridDocs(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/" + Prefix), docs => docs.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = ContentPolicy;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return next(context);
        }));
        app.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = Prefix;
            ui.DocumentTitle = "Grid: API";
            ui.SwaggerEndpoint("/openapi/v1.json", "Grid");
            ui.ConfigObject.ValidatorUrl = null;
        });
        app.MapOpenApi();
    }
}
