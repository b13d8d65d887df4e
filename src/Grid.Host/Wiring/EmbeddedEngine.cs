using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Storage;

namespace Grid.Host.Wiring;

/// <summary>Runs the grains in this process, on the embedded engine; their state and reminders are kept in the grid's own store.</summary>
internal static class EmbeddedEngine
{
    /// <summary>Calls that may wait for one grain; further ones are refused, and their callers ask again.</summary>
    private const int MostWaitingCalls = 100_000;

    public static void AddGridEngine(this WebApplicationBuilder builder)
    {
        builder.Services.AddKeyedSingleton<IGrainStorage, EmbeddedGrainStorage>("grid");
        builder.Services.AddSingleton<IReminderTable, EmbeddedReminders>();
        builder.UseOrleans(silo => silo.AddReminders().Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = MostWaitingCalls));
    }
}
