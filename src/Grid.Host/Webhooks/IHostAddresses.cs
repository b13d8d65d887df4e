using System.Net;

namespace Grid.Host.Webhooks;

/// <summary>Resolves the names of webhooks' hosts.</summary>
public interface IHostAddresses
{
    /// <summary>Every address of a name; none where it has none.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name cannot be resolved now, or not at all.</exception>
    ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}
