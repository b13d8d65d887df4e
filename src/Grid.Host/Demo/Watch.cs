using Grid.Host.Api;
using Grid.Host.Api.Model;
using Grid.Host.Demo.Tenants;

namespace Grid.Host.Demo;

/// <summary>Looks at the grid through its API, and tells the journal of each new decision.</summary>
internal sealed class Watch(DemoApi api, Journal journal)
{
    private readonly HashSet<string> _told = [];

    public async Task<Snapshot> LookAsync(CancellationToken cancellationToken)
    {
        var domains = new List<DomainBody>();
        foreach (var domain in Cast.Domains)
        {
            domains.Add(await api.ReadAsync($"/v1/domains/{domain}", ApiJson.Default.DomainBody, cancellationToken));
        }

        var snapshot = new Snapshot(
            journal.Elapsed,
            (await api.ReadAsync("/v1/tenants", ApiJson.Default.TenantsBody, cancellationToken)).Tenants,
            (await api.ReadAsync("/v1/ips", ApiJson.Default.IpsBody, cancellationToken)).Ips,
            domains,
            await api.ReadAsync("/v1/queue", ApiJson.Default.QueueBody, cancellationToken),
            (await api.ReadAsync("/v1/decisions", ApiJson.Default.DecisionsBody, cancellationToken)).Decisions);
        foreach (var decision in snapshot.Decisions.Reverse().Where(decision => _told.Add(decision.Id)))
        {
            journal.Add(DecisionText.Of(decision));
        }

        return snapshot;
    }
}
