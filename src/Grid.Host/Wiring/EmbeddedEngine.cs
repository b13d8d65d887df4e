using Grid.Host.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Storage;

namespace Grid.Host.Wiring;

/// <summary>Runs the grains in this process, on the embedded engine; their state and reminders are kept in the grid's own store.</summary>
internal static class EmbeddedEngine
{
    /// <summary>Calls that may wait for one grain; further ones are refused, and their callers ask again.</summary>
    private const int MostWaitingCalls = 100_000;

    public static void AddGridEngine(this WebApplicationBuilder builder, GridOptions options)
    {
        if (options.SendingClient != SmtpClientChoice.Grid)
        {
            throw new ConfigurationFaultsException([$"Grid:Sending:Client: must be Grid, as this grid was built without MailKit (-p:Engine=Orleans has it), was '{options.SendingClient}'"]);
        }

        builder.Services.AddKeyedSingleton<IGrainStorage, GridGrainStorage>("grid");
        builder.Services.AddSingleton<IReminderTable, GridReminders>();
        builder.UseOrleans(silo => silo.AddReminders().Configure<SiloMessagingOptions>(messaging => messaging.MaxEnqueuedRequestsHardLimit = MostWaitingCalls));
    }

    /// <summary>Needs nothing and has no pages of its own.</summary>
    public static Task UseGridEngineAsync(this WebApplication app) => Task.CompletedTask;
}
