using Grid.Contracts.Admission;
using Grid.Contracts.Counters;
using Grid.Core.Counters;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Contracts.Enforcement;

/// <summary>What tenants, sending IPs and recipient domains have in common: they count, judge themselves and give permits.</summary>
[Alias("grid.account")]
public interface IAccountGrain : IPermitGrain, ICountingGrain
{
    [Alias("view")]
    ValueTask<AccountView> View();

    /// <summary>What was counted, slot by slot, in each window.</summary>
    [Alias("counted")]
    ValueTask<CounterSnapshot> Counted();

    /// <summary>An operator's transition; the ledger names the reason.</summary>
    [Alias("set-standing")]
    ValueTask<StandingChange> SetStanding(Standing to, string reason);

    /// <summary>Its policy has changed: judges by what is in force now. Nothing where it does already.</summary>
    [Alias("reconsider")]
    ValueTask Reconsider();

    /// <summary>Something was found out about it: on the ledger, remembered and judged by its policy when it completes. A report of a known id changes nothing.</summary>
    [Alias("report")]
    ValueTask<StandingChange> Report(FindingReport report);

    /// <summary>How far a tenant's suspension is; the ledger names who and why.</summary>
    [Alias("set-stage")]
    ValueTask<StandingChange> SetStage(SuspensionStage stage, string reason, string by);

    /// <summary>Every clause of its policy held against its counters now.</summary>
    [Alias("readings")]
    ValueTask<IReadOnlyList<ClauseStanding>> Readings();
}
