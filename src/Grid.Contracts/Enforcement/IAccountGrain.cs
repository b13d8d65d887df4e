using Grid.Contracts.Admission;
using Grid.Contracts.Counters;
using Grid.Core.Counters;
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
}
