using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Vetting;
using Grid.Core.Ingress;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>
/// What is on record about who a tenant is. In: what the applicant brings, what operators found, their decision. Out: the file, what is
/// missing still. Guarantees that each note is on the ledger before it stands; that a tenant is verified only with all that its policy
/// demands, and then active when the call completes; that after a kill between the two the next call makes it so; that a rejection is
/// for good. Fails by refusing with what is missing.
/// </summary>
[GrainType("vetting")]
public sealed class VettingGrain(AccountServices services) : Grain, IVettingGrain
{
    private VettingFile _file = VettingFile.Empty;

    private string Tenant => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken) =>
        _file = await services.Registry.FindAsync<VettingFile>(Registered.Vetting, Tenant, cancellationToken) ?? VettingFile.Empty;

    public async ValueTask<VettingView?> Find() => await ReadAsync() is { } known ? await SettleAsync(known.Tenant, known.Policy) : null;

    public async ValueTask<VettingAnswer> Note(VettingNote note)
    {
        if (await ReadAsync() is not var (tenant, policy))
        {
            return new(null, null);
        }

        if (Forbids(note, tenant, policy) is { } refused)
        {
            return new(await SettleAsync(tenant, policy), refused);
        }

        if (!note.Changes(_file))
        {
            return new(await SettleAsync(tenant, policy), null);
        }

        await WriteAsync(note, tenant, policy);
        if (_file.Decision is null && policy.Vetting.Demands.Count > 0 && tenant.Account.Standing == Standing.Pending && Demands(tenant, policy).All(d => d.IsMet))
        {
            await WriteAsync(new("vetting-verified", "grid", "all that the policy demands is there") { Decision = new(true, "grid", "all that the policy demands is there", services.Clock.GetUtcNow()) }, tenant, policy);
        }

        return new(await SettleAsync(tenant, policy), null);
    }

    private string? Forbids(VettingNote note, TenantView tenant, EnforcementPolicy policy)
    {
        if (_file.Decision is { Verified: false })
        {
            return "the tenant was rejected, for good";
        }

        if (note.Decision is not { } decision)
        {
            return null;
        }

        if (_file.Decision is not null || tenant.Account.Standing != Standing.Pending)
        {
            return "only a pending tenant is verified or rejected";
        }

        var missing = Demands(tenant, policy).Where(d => !d.IsMet && d.Name is not ("approval" or "review")).ToList();
        return decision.Verified && missing.Count > 0 ? "not all is there that the policy demands: " + string.Join("; ", missing.Select(d => d.Words)) : null;
    }

    private async ValueTask WriteAsync(VettingNote note, TenantView tenant, EnforcementPolicy policy)
    {
        var now = services.Clock.GetUtcNow();
        await services.Ledger.AppendAsync(new()
        {
            Id = $"{DecisionDraft.IdOf(Subject.Tenant(Tenant), now)}-{note.Action}",
            At = now,
            Subject = Subject.Tenant(Tenant),
            From = tenant.Account.Standing,
            To = tenant.Account.Standing,
            Action = note.Action,
            Policy = policy.Name,
            PolicyVersion = policy.Version,
            Clause = "vetting",
            By = note.By,
            Reason = note.Words,
            Kind = DecisionKind.Act,
        });
        var next = _file.With(note);
        await services.Registry.PutAsync(Registered.Vetting, Tenant, next);
        _file = next;
    }

    private async ValueTask<(TenantView Tenant, EnforcementPolicy Policy)?> ReadAsync()
    {
        if (await GrainFactory.GetGrain<ITenantGrain>(Tenant).Find() is not { } tenant)
        {
            return null;
        }

        var set = await services.Policies.FindAsync(tenant.Spec.Policy) ?? await services.Policies.FindAsync(PolicyBook.Default);
        return (tenant, set!.For(Subject.Tenant(Tenant)).Policy);
    }

    private async ValueTask<VettingView> SettleAsync(TenantView tenant, EnforcementPolicy policy)
    {
        var standing = tenant.Account.Standing;
        if (_file.Decision is { } decision && standing == Standing.Pending)
        {
            standing = (await GrainFactory.GetGrain<ITenantGrain>(Tenant).Vetted(decision.Verified, decision.By, decision.Reason)).Standing;
        }

        var demands = Demands(tenant, policy);
        return new(Tenant, _file, VettingDemands.Stage(_file, demands), demands, policy.Name, policy.Version, standing);
    }

    private IReadOnlyList<VettingDemand> Demands(TenantView tenant, EnforcementPolicy policy)
    {
        var (spec, profile) = (tenant.Spec, tenant.Spec.Profile);
        var contact = AddressNormalForm.TryNormalise(profile?.ContactEmail ?? "", out var normal) ? normal : null;
        return VettingDemands.Read(policy, _file, new(profile?.IsComplete == true, contact, spec.SendingDomains, spec.Review));
    }
}
