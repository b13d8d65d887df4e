using Grid.Grains.Enforcement;
using Grid.Host.Api;
using Grid.Host.Api.Access;
using Grid.Host.Api.Metrics;
using Grid.Host.Api.SendGrid;
using Grid.Host.Feedback;
using Grid.Host.Ingress;
using Grid.Host.Options;

namespace Grid.Host.Wiring;

/// <summary>The HTTP API: what it needs, and its resources, one line each.</summary>
internal static class ApiWiring
{
    public static void AddGridApi(this WebApplicationBuilder builder, GridOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(options.Limits);
        services.AddSingleton<OperatorKey>();
        services.AddSingleton(new ReadOnlyKey(options.ReadOnlyKey));
        services.AddSingleton<FailureThrottle>();
        services.AddSingleton<Doorkeeper>();
        services.AddSingleton<OperatorActs>();
        services.AddSingleton<PolicyShelf>();
        services.AddSingleton<PolicyPreview>();
        services.AddSingleton<TenantDirectory>();
        services.AddSingleton<SitesApi.Sites>();
        services.AddSingleton<MessageDrafter>();
        services.AddSingleton<RawDrafter>();
        services.AddSingleton<MessageFactsReader>();
        services.AddSingleton<PolicyGate>();
        services.AddSingleton<MessageCheck>();
        services.AddSingleton<ReturnPaths>();
        services.AddSingleton<FeedbackIntake>();
        services.AddSingleton<MetricCollector>();
        services.AddSingleton<ProcessInstruments>();
        services.AddSingleton<QueueInstruments>();
        services.AddSingleton<IngressInstruments>();
        services.AddOpenApi();
    }

    public static void MapGridApi(this WebApplication app)
    {
        app.UseMiddleware<ProblemMiddleware>();
        app.MapHealth();
        app.MapTenants();
        app.MapIps();
        app.MapDomains();
        app.MapSites();
        app.MapShaping();
        app.MapPolicies();
        app.MapSchemas();
        app.MapPreview();
        app.MapDecisions();
        app.MapLedger();
        app.MapFindings();
        app.MapCases();
        app.MapQueue();
        app.MapFeedback();
        app.MapClassify();
        app.MapMessages();
        app.MapEvents();
        app.MapSuppressions();
        app.MapReputation();
        app.MapSeries();
        app.MapNotices();
        app.MapAppeals();
        app.MapMailSend();
        app.MapMetrics();
        app.MapOpenApi();
    }
}
