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

    private HarmBook? _harm;

    private HarmBook HarmDone => _harm ??= new(Saved.Harm);

    protected override IReadOnlyList<HarmSlot> Harm => HarmDone.Slots;

    protected override async ValueTask FollowAsync(Decision decision)
    {
        await base.FollowAsync(decision);
        if (decision is not { By: "grid", Action: "rest" or "warn" } || decision.Figures.FirstOrDefault(f => f.Name is "blocks" or "complaints") is not { } figure)
        {
            return;
        }

        // Ids come from the decision: asked for again, nothing of it is done twice.
        var shares = HarmDone.Shares(figure.Name == "complaints", decision.At);
        foreach (var share in shares.Where(s => s.Share >= Noted))
        {
            await ReportAsync(share, "damage", "tenant.damage", decision, figure.Name);
        }

        if (shares.Count > 1 && shares[0].Share >= Worst)
        {
            await ReportAsync(shares[0], "worst", "tenant.worst-contributor", decision, figure.Name);
            await GrainFactory.GetGrain<ITenantGrain>(shares[0].Tenant).Quarantine(_spec?.Pool ?? "", Words(shares[0], figure.Name, decision));
        }
    }

    private async ValueTask ReportAsync(HarmShare share, string kind, string signal, Decision decision, string of)
    {
        if (await GrainFactory.GetGrain<ITenantGrain>(share.Tenant).Find() is not null)
        {
            await GrainFactory.GetGrain<ITenantGrain>(share.Tenant).Report(
                new($"{kind}-{decision.Id}-{share.Tenant}", signal, decision.At, "grid", Words(share, of, decision), Math.Round(share.Share, 4), null, null));
        }
    }

    private string Words(HarmShare share, string of, Decision decision) => string.Create(
        CultureInfo.InvariantCulture,
        $"{share.Share:0.0 %} ({share.Events} of {share.All}) of the {(of == "blocks" ? "refusals for reputation" : "complaints")} that led {Subject} to {decision.Action} for {decision.Clause}, decision {decision.Id}");
}
