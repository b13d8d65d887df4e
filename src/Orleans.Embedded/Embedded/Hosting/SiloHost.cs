using Microsoft.Extensions.Hosting;

namespace Orleans.Embedded.Hosting;

/// <summary>Starts the engine with the host, and stops it: hosted services registered after it may use grains until they have stopped.</summary>
internal sealed class SiloHost(Silo silo) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => silo.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => silo.StopAsync(cancellationToken);
}
