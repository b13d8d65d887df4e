using Grid.Host.Api.Model;

namespace Grid.Host.Demo;

/// <summary>The grid at an instant, as its API tells it.</summary>
/// <param name="At">Since the start.</param>
/// <param name="Decisions">The latest, newest first.</param>
internal sealed record Snapshot(
    TimeSpan At,
    IReadOnlyList<TenantBody> Tenants,
    IReadOnlyList<IpBody> Ips,
    IReadOnlyList<DomainBody> Domains,
    QueueBody Queue,
    IReadOnlyList<DecisionBody> Decisions)
{
    /// <summary>Delivered by all tenants.</summary>
    public long Delivered => Tenants.Sum(tenant => tenant.Counters.Delivered);

    /// <summary>Complaints about all tenants.</summary>
    public long Complaints => Tenants.Sum(tenant => tenant.Counters.Complaints);

    /// <summary>Mail of a tenant that waits.</summary>
    public long Waiting(string tenant) => Queue.ByTenant.FirstOrDefault(share => share.Name == tenant)?.Total ?? 0;

    /// <summary>Mail for a domain that waits.</summary>
    public long WaitingFor(string domain) => Queue.ByDomain.FirstOrDefault(share => share.Name == domain)?.Total ?? 0;
}
