using System.Net;

namespace Grid.Host.Webhooks;

/// <summary>Resolves as the system does.</summary>
internal sealed class SystemHostAddresses : IHostAddresses
{
    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) => await Dns.GetHostAddressesAsync(host, cancellationToken);
}
