using System.Net;
using Grid.Mail.Dns;

namespace Grid.Mail.Sending;

/// <summary>What DNS says about a mail host's addresses.</summary>
/// <param name="Usable">Where mail may go, IPv4 before IPv6.</param>
/// <param name="Refused">Those that mail may not go to; they tell why a host has none that is usable.</param>
/// <param name="IsOwn">One of them is this host's.</param>
/// <param name="Failure">Why they aren't known for now; null when they are.</param>
/// <param name="ExpiresAt">Until when this holds.</param>
internal sealed record MxAddresses(IReadOnlyList<IPAddress> Usable, IReadOnlyList<IPAddress> Refused, bool IsOwn, string? Failure, DateTimeOffset ExpiresAt)
{
    /// <summary>Looks a host up: both kinds of address at once.</summary>
    public static async ValueTask<MxAddresses> FindAsync(IDnsResolver resolver, MxOptions options, string host, CancellationToken cancellationToken)
    {
        var four = resolver.ResolveAsync(host, DnsType.A, cancellationToken);
        var six = await resolver.ResolveAsync(host, DnsType.Aaaa, cancellationToken).ConfigureAwait(false);
        DnsAnswer[] answers = [await four.ConfigureAwait(false), six];
        var all = answers.SelectMany(a => a.Of<DnsRecord.Address>()).Select(a => a.Value).ToList();
        var usable = all.Where(a => options.AllowPrivate || PublicAddress.Is(a)).ToList();
        return new(
            usable,
            [.. all.Except(usable)],
            host == options.OwnName || all.Any(options.IsOwn),
            all.Count == 0 ? answers.FirstOrDefault(a => a.Status == DnsStatus.ServerFailure)?.Detail : null,
            answers.Min(a => a.ExpiresAt));
    }
}
