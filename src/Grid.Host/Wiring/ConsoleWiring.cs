using Grid.Host.Console;
using Grid.Host.Console.Access;
using Grid.Host.Console.Assets;
using Grid.Host.Console.Calls;
using Grid.Host.Console.Observed;
using Grid.Host.Console.Parts;
using Grid.Host.Queue;

namespace Grid.Host.Wiring;

/// <summary>The operators' console.</summary>
internal static class ConsoleWiring
{
    public static void AddGridConsole(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ConsoleSessions>();
        services.AddSingleton<ConsoleGate>();
        services.AddSingleton<ApiCalls>();
        services.AddSingleton<SubjectIndex>();
        services.AddSingleton<QueueWatch>();
        services.AddSingleton<OutcomeTail>();
        services.AddSingleton<SenderWatch>();
        services.AddSingleton<EffectiveLimits>();
        services.AddSingleton<GrainWatch>();
        services.AddSingleton<GrainCallMeter>();
        services.AddSingleton<IIncomingGrainCallFilter>(provider => provider.GetRequiredService<GrainCallMeter>());
        services.AddScoped<PageContext>();
        services.AddScoped<ConsoleApi>();
    }

    public static void MapGridConsole(this WebApplication app)
    {
        app.MapAssets();
        app.MapSignIn();
        app.MapPages();
        app.MapActions();
        app.MapOwn();
    }
}
