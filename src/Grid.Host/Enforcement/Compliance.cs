using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Policies;
using Grid.Core.Enforcement.Vetting;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Host.Api.Model;
using Grid.Host.Options;

namespace Grid.Host.Enforcement;

/// <summary>
/// What is checked for a tenant, and what isn't. In: a tenant. Out: by law, the checks that serve it; every rule of its policy, with what
/// carries it and whether it is on; the abuse contact of each sending domain, and whether somebody reads it. It says what the grid does,
/// not that a law is kept.
/// </summary>
public sealed class Compliance(IGrainFactory grains, PolicyBook book, ILedger ledger, GridOptions options, TimeProvider clock)
{
    private const int MaxRefusals = 1000;

    /// <summary>Null where there is no such tenant.</summary>
    public async ValueTask<ComplianceBody?> ReportAsync(string tenant, CancellationToken cancellationToken)
    {
        if (await grains.GetGrain<ITenantGrain>(tenant).Find() is not { } view || await grains.GetGrain<IVettingGrain>(tenant).Find() is not { } vetting)
        {
            return null;
        }

        var set = await book.FindAsync(view.Spec.Policy) ?? await book.FindAsync(PolicyBook.Default);
        var policy = set!.For(Subject.Tenant(tenant)).Policy;
        var waived = (await grains.GetGrain<ITenantGrain>(tenant).Overrides()).Where(o => o.IsWaived).Select(o => o.Clause).ToHashSet(StringComparer.Ordinal);
        var refused = await RefusedAsync(tenant, policy, cancellationToken);
        var controls = policy.Written.Select(clause => Control(clause, waived, refused)).Concat(policy.Notes.Select(Control)).OrderBy(control => control.Clause, StringComparer.Ordinal).ToList();
        return new(
            tenant,
            new(policy.Name, policy.Version),
            clock.GetUtcNow(),
            [.. Regimes(policy).Select(regime => Regime(regime, policy, vetting.File, controls))],
            controls,
            controls.GroupBy(control => control.State).ToDictionary(group => group.Key, group => group.Count()),
            Contacts(view.Spec, policy, vetting.File));
    }

    private static IEnumerable<string> Regimes(EnforcementPolicy policy) => RegimeChecks.All.Keys.Where(regime => policy.Vetting.Regimes.Contains(regime) || RegimeChecks.Of(policy, regime).Count > 0);

    private static RegimeBody Regime(string regime, EnforcementPolicy policy, VettingFile file, List<ControlBody> controls)
    {
        var checks = RegimeChecks.Of(policy, regime).Select(clause => clause.Id).ToHashSet(StringComparer.Ordinal);
        var attested = file.Attestations.FirstOrDefault(a => a.Regime == regime);
        return new(regime, [.. controls.Where(control => checks.Contains(control.Clause))], policy.Vetting.Regimes.Contains(regime), attested?.Person, attested?.At);
    }

    private static ControlBody Control(PolicyClause clause, HashSet<string> waived, IReadOnlyDictionary<string, DateTimeOffset> refused) => new(
        clause.Id,
        clause.Words,
        "judged by " + string.Join(", ", RegimeChecks.SignalsOf(clause)),
        waived.Contains(clause.Id) ? "waived" : RegimeChecks.IsOnReport(clause) ? "on report" : "on",
        refused.TryGetValue(clause.Id, out var at) ? at : null);

    private static ControlBody Control(PolicyNote note) => new(
        note.Id,
        note.Words,
        note.Kind == NoteKind.TextOnly ? "the text" : Mechanisms.All[note.By],
        note.Kind switch { NoteKind.Carried => "on", NoteKind.Waits => "waits", _ => "text" },
        null);

    /// <summary>When each clause refused the tenant's mail last, of what the ledger has of the policy's latest refusals.</summary>
    private async ValueTask<IReadOnlyDictionary<string, DateTimeOffset>> RefusedAsync(string tenant, EnforcementPolicy policy, CancellationToken cancellationToken)
    {
        var decisions = await ledger.ReadAsync(Subject.Policy(policy.Name), null, MaxRefusals, cancellationToken);
        return decisions.Where(d => d.Kind == DecisionKind.Refusal && d.Evidence == "tenant/" + tenant).GroupBy(d => d.Clause).ToDictionary(group => group.Key, group => group.Max(d => d.At));
    }

    private List<AbuseContactBody> Contacts(TenantSpec spec, EnforcementPolicy policy, VettingFile file) =>
    [
        .. from domain in spec.SendingDomains
           let contact = policy.Duties.ReportAddress.Length > 0 ? policy.Duties.ReportAddress : "abuse@" + options.Inbound.Domain
           select new AbuseContactBody(domain, contact, options.PublicUrl + "/abuse", Check(file, "abuse@" + domain), Check(file, "postmaster@" + domain)),
    ];

    private static string Check(VettingFile file, string address) =>
        file.Addresses.FirstOrDefault(a => a.Address == address) switch { { ConfirmedAt: not null } => "confirmed", { } => "asked", null => "not asked" };
}
