namespace Grid.Core.Ports;

/// <summary>Finds the receiving site of a recipient domain.</summary>
public interface IRouter
{
    /// <summary>A route, or a failure. Done at once where the answer is known already; asked for every envelope.</summary>
    ValueTask<RouteAnswer> FindAsync(string domain, CancellationToken cancellationToken = default);

    /// <summary>The same for mail that goes whatever the domain says of TLS (RFC 8689 5).</summary>
    ValueTask<RouteAnswer> FindAnyTlsAsync(string domain, CancellationToken cancellationToken = default) => FindAsync(domain, cancellationToken);
}
