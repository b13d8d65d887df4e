using Grid.Host.Api.Model;
using Grid.Host.Demo.Receivers;
using Grid.Host.Demo.Tenants;

namespace Grid.Host.Demo;

/// <summary>
/// The demo at work, over the grid's HTTP API alone: it makes the tenants, lets them send, brings in complaints and looks on.
/// In: a running grid. Out: the journal, the latest snapshot, the promises kept.
/// Guarantees that the traffic falls to a gentle pace when everything was seen, or after <see cref="Patience"/>.
/// Fails with <see cref="HttpRequestException"/> when the grid doesn't answer.
/// </summary>
internal sealed class DemoStage(DemoApi api, Journal journal, FeedbackLoop feedback, TimeProvider clock)
{
    /// <summary>Longest time until everything is to have been seen.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    private const double GentleShare = 0.04;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly Meter _meter = new();
    private long _dropped;
    private readonly Watch _watch = new(api, journal);
    private readonly List<Traffic> _traffic = [];
    private readonly Dictionary<string, string> _keys = [];

    public Journal Journal { get; } = journal;

    public Promises Promises { get; } = new(journal);

    /// <summary>Null before the first look.</summary>
    public Snapshot? Latest { get; private set; }

    /// <summary>Deliveries a second.</summary>
    public double DeliveredPerSecond { get; private set; }

    /// <summary>Everything was seen, or is not to be waited for any longer.</summary>
    public bool IsOver => Promises.AllKept || Journal.Elapsed >= Patience;

    /// <summary>The API key of a tenant.</summary>
    public string KeyOf(DemoTenant tenant) => _keys[tenant.Id];

    /// <summary>Makes tenants with their keys, and the limit toward the slow receiver.</summary>
    public async Task SetAsync(CancellationToken cancellationToken)
    {
        foreach (var tenant in Cast.Tenants)
        {
            var profile = new TenantProfileBody(tenant.Name, "1 Main Street", $"https://{tenant.Domain}", $"hello@{tenant.Domain}", "NO");
            var request = new TenantRequest(tenant.Name, null, null, profile, tenant.MaxRate is null ? null : new(tenant.MaxRate, null, null), [tenant.Domain]);
            await api.PutTenantAsync(tenant.Id, request, cancellationToken);
            _keys[tenant.Id] = await api.AddKeyAsync(tenant.Id, cancellationToken);
            _traffic.Add(new(tenant, _keys[tenant.Id], api, Journal, clock));
        }

        await api.SetLimitsAsync(Cast.Small, new(MaxConnections: 6, MaxMessagesPerConnection: 100, MaxRate: null), cancellationToken);
    }

    /// <summary>Runs until cancelled; a part that fails ends it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] parts = [LookAsync(ending.Token), feedback.RunAsync(ReportAsync, ending.Token), .. _traffic.Select(traffic => traffic.RunAsync(ending.Token))];
        var first = await Task.WhenAny(parts);
        await ending.CancelAsync();
        await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!cancellationToken.IsCancellationRequested)
        {
            await first;
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        do
        {
            Latest = await _watch.LookAsync(cancellationToken);
            DeliveredPerSecond = _meter.Rate(Latest.At, Latest.Delivered);
            Promises.Judge(Latest);
            TellDropped();
            _traffic.ForEach(traffic => traffic.Share = IsOver ? GentleShare : 1);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private void TellDropped()
    {
        if (feedback.Dropped > _dropped)
        {
            _dropped = feedback.Dropped;
            Journal.Add($"{_dropped} complaints found no room in the feedback loop and are lost");
        }
    }

    private async Task ReportAsync(byte[] report, CancellationToken cancellationToken)
    {
        var read = await api.ReportAsync(report, cancellationToken);
        if (!read.Matched)
        {
            Journal.Add($"a {read.Kind} report could not be matched to a delivery");
        }
    }
}
