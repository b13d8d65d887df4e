using System.Globalization;
using Grid.Contracts.Enforcement;
using Grid.Core.Counters;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <content>
/// Whose mail made receivers turn against it. When the grid rests or warns the IP, the tenants that did it get the finding, by share, and who did
/// most of it gets sending IPs apart, where there are such: the others' mail goes on.
/// </content>
public sealed partial class SendingIpGrain
{
    /// <summary>From this share on a tenant gets the finding.</summary>
    private const decimal Noted = 0.10m;

    /// <summary>From this share on the first of several tenants is the worst contributor.</summary>
    private const decimal Worst = 0.50m;

    private const string Blocks = "blocks";
    private const string Complaints = "complaints";
    private const string Tenants = "tenants";
    private const string Share = "share.";

    private HarmBook? _harm;

    private HarmBook HarmDone => _harm ??= new(Saved.Harm);

    protected override IReadOnlyList<HarmSlot> Harm => HarmDone.Slots;

    /// <summary>Shares of those with a tenth or more, the largest first, and how many tenants there are.</summary>
    protected override IEnumerable<Figure> Causes(Decision decision)
    {
        if (!IsHarm(decision) || Of(decision) is not { } of)
        {
            return [];
        }

        var shares = HarmDone.Shares(of == Complaints, decision.At);
        return [new(Tenants, shares.Count), .. shares.Where(s => s.Share >= Noted).Select(s => new Figure(Share + s.Tenant, Math.Round(s.Share, 4)))];
    }

    protected override async ValueTask FollowAsync(Decision decision)
    {
        await base.FollowAsync(decision);
        if (!IsHarm(decision))
        {
            return;
        }

        // Ids come from the decision: asked for again, nothing of it is done twice.
        var shares = decision.Figures.Where(f => f.Name.StartsWith(Share, StringComparison.Ordinal)).Select(f => (Tenant: f.Name[Share.Length..], f.Value)).ToList();
        foreach (var share in shares)
        {
            await ReportAsync(share, "damage", "tenant.damage", decision);
        }

        if (shares.Count > 0 && shares[0].Value >= Worst && decision.Figures.First(f => f.Name == Tenants).Value > 1)
        {
            await ReportAsync(shares[0], "worst", "tenant.worst-contributor", decision);
            await GrainFactory.GetGrain<ITenantGrain>(shares[0].Tenant).Quarantine(_spec?.Pool ?? "", Words(shares[0], decision));
        }
    }

    private static bool IsHarm(Decision decision) => decision is { By: "grid", Action: "rest" or "warn" };

    private static string? Of(Decision decision) => decision.Figures.FirstOrDefault(f => f.Name is Blocks or Complaints)?.Name;

    private async ValueTask ReportAsync((string Tenant, decimal Value) share, string kind, string signal, Decision decision)
    {
        var tenant = GrainFactory.GetGrain<ITenantGrain>(share.Tenant);
        if (await tenant.Find() is not null)
        {
            await tenant.Report(new($"{kind}-{decision.Id}-{share.Tenant}", signal, decision.At, "grid", Words(share, decision), share.Value, null, null));
        }
    }

    private string Words((string Tenant, decimal Value) share, Decision decision) => string.Create(
        CultureInfo.InvariantCulture,
        $"{share.Value:0.0 %} of the {(Of(decision) == Blocks ? "refusals for reputation" : "complaints")} that led {Subject} to {decision.Action} for {decision.Clause}, decision {decision.Id}");
}
