using System.Net;
using System.Net.Sockets;
using Grid.Mail.Dns;

namespace Grid.Host.Webhooks;

/// <summary>Resolves with the grid's own resolver, where <c>Grid:Dns:Servers</c> names servers: then no other is asked for anything.</summary>
internal sealed class GridHostAddresses(IDnsResolver resolver) : IHostAddresses
{
    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(
            resolver.ResolveAsync(host, DnsType.A, cancellationToken).AsTask(), resolver.ResolveAsync(host, DnsType.Aaaa, cancellationToken).AsTask());
        var addresses = answers.SelectMany(answer => answer.Of<DnsRecord.Address>()).Select(record => record.Value).ToList();
        return addresses.Count > 0 || answers.Any(answer => answer.Status == DnsStatus.NoData)
            ? addresses
            : throw new SocketException((int)(answers.Any(answer => answer.Status == DnsStatus.NameError) ? SocketError.HostNotFound : SocketError.TryAgain));
    }
}
