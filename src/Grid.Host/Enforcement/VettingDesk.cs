using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement.Vetting;
using Grid.Core.Ingress;
using Grid.Core.Vocabulary;

namespace Grid.Host.Enforcement;

/// <summary>
/// Notes for vetting files, with what follows. In: a note. Out: the file after it. Guarantees that what the note shows to be shared with a
/// terminated tenant is on record with it: as a match in the file, as the finding tenant.evasion, which the policy judges, and in a case.
/// </summary>
public sealed class VettingDesk(IGrainFactory grains, IdentityMemory memory, VettingDirectory directory, TimeProvider clock)
{
    /// <summary>Null where there is no such tenant, also for what can't be the id of one.</summary>
    public async ValueTask<VettingView?> FindAsync(string tenant) => TenantIdRule.IsValid(tenant) ? await grains.GetGrain<IVettingGrain>(tenant).Find() : null;

    /// <summary>Takes a note.</summary>
    public async ValueTask<VettingAnswer> NoteAsync(string tenant, VettingNote note, CancellationToken cancellationToken)
    {
        var answer = await grains.GetGrain<IVettingGrain>(tenant).Note(note);
        directory.Forget(tenant);
        if (answer is { Refused: null, View: not null } && (note.PaymentMark ?? note.KeyIp ?? note.Acceptance?.Ip ?? note.Attestations.FirstOrDefault()?.Ip ?? note.Address?.Address) is not null)
        {
            return await CompareAsync(tenant, cancellationToken) is { } after ? answer with { View = after } : answer;
        }

        return answer;
    }

    /// <summary>An operator wants a pending tenant active: that is the vetting's verdict where nothing is missing, or else, where it is said so, an exception that the ledger shows as one.</summary>
    public async ValueTask<StandingChange> AdmitAsync(string tenant, string reason, bool overrides, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<ITenantGrain>(tenant);
        if (await FindAsync(tenant) is not { Demands.Count: > 0 } view)
        {
            return await grain.SetStanding(Standing.Active, reason);
        }

        var missing = view.Demands.Where(demand => !demand.IsMet && demand.Name is not ("approval" or "review")).ToList();
        if (missing.Count > 0)
        {
            return overrides
                ? await grain.Admit(reason, [.. missing.Select(demand => demand.Name)])
                : new(view.Standing, $"{view.Policy} demands a vetting, which isn't done: {string.Join("; ", missing.Select(demand => demand.Words))}. With overrideVetting and a reason the tenant is let in without");
        }

        var verified = await NoteAsync(tenant, new("vetting-verified", "operator", reason) { Decision = new(true, "operator", reason, clock.GetUtcNow()) }, cancellationToken);
        return new(verified.View?.Standing ?? view.Standing, verified.Refused);
    }

    /// <summary>Holds a tenant against those that were terminated. The file as it stands then; null where nothing new is shared.</summary>
    public async ValueTask<VettingView?> CompareAsync(string tenant, CancellationToken cancellationToken)
    {
        if (await grains.GetGrain<ITenantGrain>(tenant).Find() is not { } view || await grains.GetGrain<IVettingGrain>(tenant).Find() is not { } vetting)
        {
            return null;
        }

        var matches = (await memory.MatchAsync(tenant, view.Spec, vetting.File, cancellationToken)).Except(vetting.File.Matches).ToList();
        if (matches.Count == 0)
        {
            return null;
        }

        var words = IdentityMemory.Words(matches);
        var now = clock.GetUtcNow();
        await grains.GetGrain<ICaseGrain>($"evasion-{tenant}").Open(new(Subject.Tenant(tenant), CaseKind.Finding, words, null, now));
        await grains.GetGrain<ITenantGrain>(tenant).Report(new($"evasion-{tenant}-{now.UtcTicks:x16}", "tenant.evasion", now, "grid", words, null, null, $"evasion-{tenant}"));
        var answer = await grains.GetGrain<IVettingGrain>(tenant).Note(new("vetting-match", "grid", words) { Matches = matches });
        directory.Forget(tenant);
        return answer.View;
    }
}
