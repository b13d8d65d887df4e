using Grid.Host.Api.Access;
using Grid.Host.Api.Metrics;
using Grid.Host.Feedback;
using Grid.Host.Ingress;
using Grid.Host.Options;

namespace Grid.Host.Api;

/// <summary>
/// The HTTP API and the SMTP gates as a whole. Asks of the host: the grid's options, the store's ports, the grains' services, a
/// <see cref="TimeProvider"/> and a <see cref="Core.Feedback.MessageToken"/> for return paths.
/// </summary>
public static class GridApi
{
    /// <summary>Registers what the endpoints and the gates use.</summary>
    public static IServiceCollection AddGridApi(this IServiceCollection services, GridOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Limits);
        services.AddSingleton<OperatorKey>();
        services.AddSingleton<FailureThrottle>();
        services.AddSingleton<Doorkeeper>();
        services.AddSingleton<PolicyShelf>();
        services.AddSingleton<TenantDirectory>();
        services.AddSingleton<MessageDrafter>();
        services.AddSingleton<RawDrafter>();
        services.AddSingleton<MessageCheck>();
        services.AddSingleton<ReturnPaths>();
        services.AddSingleton<FeedbackIntake>();
        services.AddSingleton<SubmissionGate>();
        services.AddSingleton<InboundGate>();
        services.AddSingleton<MetricCollector>();
        services.AddSingleton<ProcessInstruments>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        services.AddOpenApi("v1", openApi => openApi.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Grid";
            document.Info.Description = "Sending and reputation grid for email.";
            return Task.CompletedTask;
        }));
        return services;
    }

    /// <summary>Maps every endpoint of the API. Call UseMiddleware&lt;ProblemMiddleware&gt; before.</summary>
    public static void MapGridApi(this IEndpointRouteBuilder routes)
    {
        routes.MapTenants();
        routes.MapIps();
        routes.MapDomains();
        routes.MapPolicies();
        routes.MapDecisions();
        routes.MapQueue();
        routes.MapFeedback();
        routes.MapClassify();
        routes.MapMessages();
        routes.MapEvents();
        routes.MapSuppressions();
        routes.MapReputation();
        routes.MapHealth();
        routes.MapMetrics();
        routes.MapOpenApi("/openapi/{documentName}.json");
    }
}
