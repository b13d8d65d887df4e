using Grid.Contracts.Admission;
using Grid.Contracts.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <content>
/// Tenants above and below it. What is above is read from registry and ledger, never asked of a grain: a tenant tells those below it, and
/// two grains that called each other would wait for ever.
/// </content>
public sealed partial class TenantGrain
{
    private const int LookedBack = 100;

    private ParentHold? _held;

    /// <summary>Its standing as it holds: its own, or that of a tenant above where it is more severe.</summary>
    public override async ValueTask<AccountView> View()
    {
        var own = await base.View();
        return _held is { } held && held.Standing > own.Standing ? own with { Standing = held.Standing } : own;
    }

    public async ValueTask LookUp()
    {
        _held = await HoldingAsync(CancellationToken.None);

        // One that was asleep knows already, and those below it may not: the ledger tells what was said of it last.
        var said = (await Services.Ledger.ReadAsync(Subject, null, LookedBack)).FirstOrDefault(d => d.Action is DecisionDraft.WithParent or DecisionDraft.WithoutParent);
        if (said?.Action == DecisionDraft.WithParent != _held is not null)
        {
            await Services.Ledger.AppendAsync(DecisionDraft.Parent(Subject, State, Policy, _held, said?.Clause ?? "parent", Now));
        }

        await Permits.RevokeAsync(Subject, ended: false);
        await TellAsync();
    }

    protected override async ValueTask FollowAsync(Decision decision)
    {
        await base.FollowAsync(decision);
        if (decision.From != decision.To)
        {
            await TellAsync();
        }
    }

    private PermitRefusal Refused(ParentHold held) => new(held.Standing.ToString().ToLowerInvariant(), Policy.Name, Policy.Version, held.Clause, held.Words, []);

    private async ValueTask TellAsync()
    {
        await foreach (var child in ParentLines.ChildrenAsync(Services.Registry, this.GetPrimaryKeyString()))
        {
            await GrainFactory.GetGrain<ITenantGrain>(child).LookUp();
        }
    }

    private ValueTask AdoptAsync(TenantSpec next) => ParentLines.MoveAsync(Services.Registry, this.GetPrimaryKeyString(), _spec?.Parent, next.Parent);

    private ValueTask<ParentHold?> HoldingAsync(CancellationToken cancellationToken) =>
        ParentLines.HoldingAsync(Services.Registry, Services.Ledger, this.GetPrimaryKeyString(), _spec?.Parent, cancellationToken);
}
