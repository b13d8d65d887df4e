using System.Data.Common;
using Grid.Core.Ports;
using Grid.Host.Api.Access;
using Grid.Host.Options;
using Grid.Mail.Sending;
using Npgsql;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Hosting;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using ClusterOptions = Orleans.Configuration.ClusterOptions;

namespace Grid.Host.Wiring;

/// <summary>
/// Runs the grains on Microsoft Orleans, clustered over its own tables in the grid's PostgreSQL database. State and reminders are in the grid's
/// store, as with the embedded engine, so that a grid keeps them when it changes engines; Orleans' storage over ADO.NET also keys state by a
/// grain's key without its type, and reads keys such as 10 and 010 as the same number. The grid's values cross between silos as JSON.
/// Orleans' dashboard is at /orleans, for the operator's key.
/// </summary>
internal static class OrleansEngine
{
    private const string Invariant = "Npgsql";
    private const string Cluster = "grid";
    private const string DashboardPath = "/orleans";

    /// <summary>Calls that may wait for one grain; further ones are refused, and their callers ask again.</summary>
    private const int MostWaitingCalls = 100_000;

    public static void AddGridEngine(this WebApplicationBuilder builder, GridOptions options)
    {
        if (options.Storage is not { Provider: StorageProvider.PostgreSQL, ConnectionString: { } connection })
        {
            throw new ConfigurationFaultsException([$"Grid:Storage:Provider: must be PostgreSQL, as this grid runs on Microsoft Orleans, was '{options.Storage.Provider}'"]);
        }

        if (options.SendingClient == SmtpClientChoice.MailKit)
        {
            builder.Services.AddSingleton<IMailTransport, MailKitTransport>();
        }

        builder.Services.AddKeyedSingleton<IGrainStorage, GridGrainStorage>("grid");
        builder.Services.AddSingleton<IReminderTable, GridReminders>();
        DbProviderFactories.RegisterFactory(Invariant, NpgsqlFactory.Instance);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (Cluster, Cluster));
            silo.Configure<SiloOptions>(own => own.SiloName = options.Storage.Owner);
            silo.Configure<SiloMessagingOptions>(messaging => messaging.MaxEnqueuedRequestsHardLimit = MostWaitingCalls);
            silo.ConfigureEndpoints(options.Cluster.Listen.Address, options.Cluster.Listen.Port, gatewayPort: 0);
            silo.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (Invariant, connection));
            silo.AddReminders();
            AddSerialization(silo.Services);
            silo.AddDashboard();
        });
    }

    /// <summary>Looks for Orleans' tables, and offers its dashboard.</summary>
    /// <exception cref="ConfigurationFaultsException">Orleans' scripts were not run on the database.</exception>
    public static async Task UseGridEngineAsync(this WebApplication app)
    {
        await OrleansTables.CheckAsync(app.Services.GetRequiredService<GridOptions>().Storage.ConnectionString!);
        app.MapGroup(DashboardPath).RequireKey(CallerRole.Operator).ExcludeFromDescription().MapOrleansDashboard();
    }

    /// <summary>How the grid's values cross between silos.</summary>
    internal static void AddSerialization(IServiceCollection services)
    {
        services.AddSerializer(serializer => serializer.AddJsonSerializer(IsOfCore));
        services.AddSingleton<OrleansListCodec>();
        services.AddSingleton<IGeneralizedCodec>(provider => provider.GetRequiredService<OrleansListCodec>());
        services.AddSingleton<IGeneralizedCopier>(provider => provider.GetRequiredService<OrleansListCodec>());
    }

    private static bool IsOfCore(Type type) => type.Namespace?.StartsWith("Grid.Core", StringComparison.Ordinal) == true;
}
