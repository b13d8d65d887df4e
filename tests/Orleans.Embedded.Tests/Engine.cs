using System.Collections.Concurrent;
using Grid.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Orleans.Storage;

namespace Orleans.Embedded.Tests;

/// <summary>A host with the engine on a manual clock, and a notebook that grains write in.</summary>
internal sealed class Engine : IAsyncDisposable
{
    private readonly IHost _host;

    private Engine(IHost host, ManualClock clock)
    {
        _host = host;
        Clock = clock;
    }

    public ManualClock Clock { get; }

    public IServiceProvider Services => _host.Services;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public Notebook Notes => _host.Services.GetRequiredService<Notebook>();

    public MemoryStorage Storage => _host.Services.GetRequiredService<MemoryStorage>();

    public static async Task<Engine> Start(Action<ISiloBuilder>? configure = null, ManualClock? clock = null, bool start = true)
    {
        clock ??= new ManualClock();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<Notebook>();
        builder.Services.AddSingleton<MemoryStorage>();
        builder.Services.AddSingleton<IGrainStorage>(static provider => provider.GetRequiredService<MemoryStorage>());
        builder.Services.AddKeyedSingleton<IGrainStorage>("other", static (provider, _) => provider.GetRequiredService<MemoryStorage>());
        builder.UseOrleans(silo => configure?.Invoke(silo));
        var host = builder.Build();
        if (start)
        {
            await host.StartAsync();
        }

        return new Engine(host, clock);
    }

    public Task Begin() => _host.StartAsync();

    public Task Stop() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        // A grain that a test leaves stuck must not hold up the stop: the token says that the time is over.
        await _host.StopAsync(new CancellationToken(canceled: true));
        _host.Dispose();
    }
}
