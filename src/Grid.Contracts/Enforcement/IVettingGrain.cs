using Grid.Core.Enforcement.Vetting;

namespace Grid.Contracts.Enforcement;

/// <summary>What is on record about who a tenant is; key = tenant id.</summary>
[Alias("grid.vetting")]
public interface IVettingGrain : IGrainWithStringKey
{
    /// <summary>Null when there is no such tenant.</summary>
    [Alias("find")]
    ValueTask<VettingView?> Find();

    /// <summary>Adds to the file: on the ledger and durable when it completes, and judged: a tenant that has all that its policy demands is active then.</summary>
    [Alias("note")]
    ValueTask<VettingAnswer> Note(VettingNote note);
}
