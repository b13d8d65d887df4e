using System.Text;
using Grid.Core.Ports;
using Grid.Grains.Enforcement;
using Grid.Host.Api;
using Grid.Host.Api.Access;
using Grid.Host.Api.Metrics;
using Grid.Host.Api.SendGrid;
using Grid.Host.Feedback;
using Grid.Host.Ingress;
using Grid.Host.Ingress.Templates;
using Grid.Host.Options;
using Grid.Host.Public;
using Grid.Mail.Dkim;

namespace Grid.Host.Wiring;

/// <summary>The HTTP API: what it needs, and its resources, one line each.</summary>
internal static class ApiWiring
{
    public static void AddGridApi(this WebApplicationBuilder builder, GridOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(options.Limits);
        services.AddSingleton(options.Feedback);
        services.AddSingleton<OperatorKey>();
        services.AddSingleton(new ReadOnlyKey(options.ReadOnlyKey));
        services.AddSingleton<FailureThrottle>();
        services.AddSingleton<Doorkeeper>();
        services.AddSingleton<OperatorActs>();
        services.AddSingleton<PolicyShelf>();
        services.AddSingleton<PolicyPreview>();
        services.AddSingleton<TenantDirectory>();
        services.AddSingleton(provider => new KeySeal(options.Dkim.Secret is { } secret ? Encoding.UTF8.GetBytes(secret) : provider.GetRequiredService<Secrets>().KeySeal));
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<DomainKeys>();
        services.AddSingleton<AlignmentCheck>();
        services.AddSingleton<IpNames>();
        services.AddSingleton<IMessageSigner, MessageSigner>();
        services.AddHostedService<DomainKeyWatch>();
        services.AddSingleton<SitesApi.Sites>();
        services.AddSingleton<TemplateShelf>();
        services.AddSingleton<MessageDrafter>();
        services.AddSingleton<RawDrafter>();
        services.AddSingleton<MessageFactsReader>();
        services.AddSingleton<PolicyGate>();
        services.AddSingleton<MessageCheck>();
        services.AddSingleton<ReturnPaths>();
        services.AddSingleton<UnsubscribeKeys>();
        services.AddSingleton<OptOutLinks>();
        services.AddSingleton<InboundAddresses>();
        services.AddSingleton<TokenSearch>();
        services.AddSingleton<HourlyLimits>();
        services.AddSingleton<DkimVerifier>();
        services.AddSingleton<ISignatureVerifier, DkimSigners>();
        services.AddSingleton<Reporters>();
        services.AddSingleton<AbuseDesk>();
        services.AddSingleton<AbuseLetters>();
        services.AddSingleton<UnsubscribeMail>();
        services.AddSingleton<FeedbackIntake>();
        services.AddSingleton<FeedbackInstruments>();
        services.AddSingleton<FormStamp>();
        services.AddSingleton<EventStreams>();
        services.AddSingleton<MetricCollector>();
        services.AddSingleton<ProcessInstruments>();
        services.AddSingleton<QueueInstruments>();
        services.AddSingleton<IngressInstruments>();
        builder.AddGridDocs();
    }

    public static void MapGridApi(this WebApplication app)
    {
        app.UseMiddleware<ProblemMiddleware>();
        app.MapHealth();
        app.MapTenants();
        app.MapIps();
        app.MapWarmupPlans();
        app.MapDomains();
        app.MapDomainKeys();
        app.MapOverrides();
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
        app.MapTemplates();
        app.MapEvents();
        app.MapWebhooks();
        app.MapSuppressions();
        app.MapReputation();
        app.MapSeries();
        app.MapNotices();
        app.MapAppeals();
        app.MapMailSend();
        app.MapAbuse();
        app.MapUnsubscribe();
        app.MapAbuseForm();
        app.MapMetrics();
        app.MapGridDocs();
    }
}
