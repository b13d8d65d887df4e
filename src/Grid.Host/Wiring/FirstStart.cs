using Grid.Contracts.Enforcement;
using Grid.Core.Ports;
using Grid.Grains.Enforcement;
using Grid.Host.Api.Access;
using Grid.Host.Feedback;
using Grid.Host.Options;

namespace Grid.Host.Wiring;

/// <summary>What the store must hold before anything runs: secrets, the operator's key, the configured sending IPs.</summary>
internal sealed class FirstStart(Secrets secrets, UnsubscribeKeys unsubscribeKeys, OperatorKey operatorKey, IRegistry registry, GridOptions options)
{
    public async Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        await secrets.LoadAsync(cancellationToken);
        await unsubscribeKeys.LoadAsync(cancellationToken);
        await operatorKey.EnsureAsync(registry, options.OperatorKey, Show, cancellationToken);
        foreach (var ip in options.SendingIps)
        {
            // A warm-up is begun over the API, and goes on over restarts.
            var before = await registry.FindAsync<IpSpec>(Registered.Ip, ip.Address.ToString(), cancellationToken);
            await registry.PutAsync(Registered.Ip, ip.Address.ToString(), new IpSpec(ip.Pool, ip.Ehlo, ip.MaxRate?.ToString(), before?.Warmup) { Policy = before?.Policy, Proxy = ip.Proxy ?? before?.Proxy }, cancellationToken);
        }
    }

    private static void Show(string key) => System.Console.WriteLine($"The operator's key, shown this once: {key}");
}
