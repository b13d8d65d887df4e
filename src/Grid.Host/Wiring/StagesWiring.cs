using Grid.Core.Enforcement;
using Grid.Core.Feedback;
using Grid.Core.Ports;
using Grid.Grains;
using Grid.Grains.Admission;
using Grid.Grains.Counters;
using Grid.Grains.Enforcement;
using Grid.Grains.Feedback;
using Grid.Grains.Ingress;
using Grid.Grains.Outcomes;
using Grid.Grains.Queue;
using Grid.Grains.Sending;
using Grid.Host.Options;
using Grid.Host.Policies;
using Grid.Storage;
using Orleans.Configuration;

namespace Grid.Host.Wiring;

/// <summary>The stages of a message's life, one line each.</summary>
internal static class StagesWiring
{
    public static void AddGridStages(this WebApplicationBuilder builder, GridOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(new NodeIdentity(options.Storage.Owner, options.Node));
        services.AddSingleton<IPolicyReader, PolicyTextReader>();
        services.AddSingleton<PolicyBook>();
        services.AddSingleton<RefusalLedger>();
        services.AddSingleton(EnforcementPolicy.Default.Retry);
        services.AddSingleton(new QueueOptions());
        services.AddSingleton(new SendingOptions { ReturnPathDomain = options.Inbound.Domain });
        services.AddSingleton(new GridRuntimeOptions(options.Shutdown));
        services.AddSingleton<Secrets>();
        services.AddSingleton(provider => new MessageToken(provider.GetRequiredService<Secrets>().ReturnPath, "return-path"));
        services.AddGridShaping(options);

        services.AddSingleton<StageInstruments>();
        services.AddSingleton<MessageIds>();
        services.Configure<GrainCollectionOptions>(GrainAges.Configure);
        services.AddSingleton<Readiness>();
        services.AddSingleton<Intake>();
        services.AddSingleton<Pauses>();
        services.AddSingleton<ReadyQueues>();
        services.AddSingleton<ActiveWindow>();
        services.AddSingleton<HeldMail>();
        services.AddSingleton<QueueControl>();
        services.AddSingleton<PermitBook>();
        services.AddSingleton<PoolDirectory>();
        services.AddSingleton<SenderStop>();
        services.AddSingleton<SenderLanes>();
        services.AddSingleton<SiteConnections>();
        services.AddSingleton<ReplyWatch>();
        services.AddSingleton<Courier>();
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<ISuppressions>(static provider => new PolicySuppressions(
            provider.GetRequiredService<GridStore>().Suppressions, provider.GetRequiredService<IRegistry>(), provider.GetRequiredService<PolicyBook>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<BouncedAddresses>();
        services.AddSingleton<OutcomeDesk>();
        services.AddSingleton<Projector>();
        services.AddSingleton<FeedbackDesk>();
        services.AddSingleton<UnsubscribeDesk>();
        services.AddSingleton<AccountServices>();
        services.AddSingleton<FirstStart>();
        services.AddHostedService<GridRuntime>();
    }
}
