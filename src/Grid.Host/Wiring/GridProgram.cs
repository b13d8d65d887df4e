using Grid.Core.Ports;
using Grid.Host.Demo;
using Grid.Host.Options;
using Grid.Host.Webhooks;

namespace Grid.Host.Wiring;

/// <summary>The life of the process, from the command line to the exit status: 0 after a clean end, 2 for a bad option, 3 for a store that can't be opened.</summary>
public static class GridProgram
{
    private const int StoreExitCode = 3;

    public static async Task<int> RunAsync(string[] arguments)
    {
        try
        {
            if (DemoCommand.Read(arguments) is { } demo)
            {
                return await DemoProgram.RunAsync(arguments, demo);
            }

            await using var app = await BuildAsync(GridConfiguration.Load(arguments));
            await app.RunAsync();
            return 0;
        }
        catch (ConfigurationFaultsException faults)
        {
            await System.Console.Error.WriteLineAsync(string.Join(Environment.NewLine, faults.Faults));
            return GridConfiguration.FaultExitCode;
        }
        catch (StoreVersionException e)
        {
            await System.Console.Error.WriteLineAsync(e.Message);
            return StoreExitCode;
        }
    }

    /// <summary>Puts the grid together, opens the store and sets down what a first start needs. The caller runs it.</summary>
    public static async Task<WebApplication> BuildAsync(LoadedConfiguration loaded, Action<WebApplicationBuilder>? more = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.AddGridLogging(loaded);
        builder.AddGridStore(loaded.Options);
        builder.AddGridEngine(loaded.Options);
        builder.AddGridStages(loaded.Options);
        builder.AddGridMail(loaded.Options);
        builder.AddGridTelemetry(loaded.Options);
        builder.AddGridWebhooks(loaded.Options);
        builder.AddGridApi(loaded.Options);
        builder.AddGridConsole();
        builder.AddGridServers(loaded.Options);
        more?.Invoke(builder);

        var app = builder.Build();
        await app.Services.GetRequiredService<IStoreLifetime>().OpenAsync();
        await app.Services.GetRequiredService<FirstStart>().PrepareAsync();
        await app.Services.GetRequiredService<SealedWebhooks>().SealAllAsync(default);
        await app.UseGridEngineAsync();
        app.MapGridApi();
        app.MapGridConsole();
        return app;
    }
}
