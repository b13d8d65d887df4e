using System.Data.Common;
using Grid.Host.Options;
using Npgsql;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Hosting;
using Orleans.Serialization;

namespace Grid.Host.Wiring;

/// <summary>
/// Runs the grains on Microsoft Orleans: clustering, state and reminders over ADO.NET in the grid's PostgreSQL database, with Orleans' own
/// tables there. The grid's values cross between silos as JSON.
/// </summary>
internal static class OrleansEngine
{
    private const string Invariant = "Npgsql";

    public static void AddGridEngine(this WebApplicationBuilder builder)
    {
        DbProviderFactories.RegisterFactory(Invariant, NpgsqlFactory.Instance);
        builder.Host.UseOrleans((context, silo) =>
        {
            var connection = context.Configuration["Grid:Storage:ConnectionString"]
                ?? throw new InvalidOperationException("Grid:Storage:ConnectionString: the Orleans engine needs PostgreSQL");
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("grid", "grid"));
            silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, connection));
            silo.AddAdoNetGrainStorage("grid", options => (options.Invariant, options.ConnectionString) = (Invariant, connection));
            silo.UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (Invariant, connection));
            silo.Services.AddSerializer(serializer => serializer.AddJsonSerializer(type => type.Namespace?.StartsWith("Grid.Core", StringComparison.Ordinal) == true));
            silo.AddDashboard();
        });
    }
}
