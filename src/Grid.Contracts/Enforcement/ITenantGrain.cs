using Grid.Contracts.Admission;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Contracts.Enforcement;

/// <summary>A tenant; key = tenant id.</summary>
[Alias("grid.tenant")]
public interface ITenantGrain : IAccountGrain
{
    /// <summary>Null when there is no such tenant.</summary>
    [Alias("find")]
    ValueTask<TenantView?> Find();

    /// <summary>Creates or changes; true when it was created.</summary>
    [Alias("put")]
    ValueTask<bool> Put(TenantSpec spec);

    /// <summary>Whether its standing permits it, by its policy; null: yes, else why not.</summary>
    [Alias("may")]
    ValueTask<PermitRefusal?> May(Verb verb);

    /// <summary>Its vetting ended: a pending tenant is active from now on, or terminated; any other stays as it is.</summary>
    [Alias("vetted")]
    ValueTask<StandingChange> Vetted(bool verified, string by, string reason);

    /// <summary>An operator lets a pending tenant in though its vetting isn't done; the ledger says so, and what was missing.</summary>
    [Alias("admit")]
    ValueTask<StandingChange> Admit(string reason, IReadOnlyList<string> missing);

    /// <summary>An operator's word on one of its streams or campaigns: Suspended or Active. Refused where there are too many.</summary>
    [Alias("set-scope")]
    ValueTask<StandingChange> SetScope(string scope, Standing to, string reason);

    /// <summary>Its mail is to leave by the sending IPs of the quarantine pool from now on, where there are such and it is in the pool that it harmed.</summary>
    [Alias("quarantine")]
    ValueTask Quarantine(string from, string reason);

    /// <summary>Something above it changed: it looks again, and so do those below it.</summary>
    [Alias("look-up")]
    ValueTask LookUp();

    /// <summary>Its exceptions from its policy.</summary>
    [Alias("overrides")]
    ValueTask<IReadOnlyList<ClauseOverride>> Overrides();

    /// <summary>Makes or changes an exception: on the ledger, in force and judged by when it completes. False where there are too many.</summary>
    [Alias("set-override")]
    ValueTask<bool> SetOverride(ClauseOverride exception);

    /// <summary>Ends an exception; false when there is none.</summary>
    [Alias("end-override")]
    ValueTask<bool> EndOverride(string clause, string by, string reason);
}
