using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>The ledger's chain, checked.</summary>
/// <param name="Valid">Every entry is as it was written.</param>
/// <param name="Head">Hash of the last entry: noted elsewhere, it betrays also who rewrites the whole chain.</param>
public sealed record LedgerVerificationBody(bool Valid, long Entries, string Head, IReadOnlyList<LedgerFaultBody> Faults)
{
    public static LedgerVerificationBody Of(LedgerVerification found) => new(
        found.Faults.Count == 0, found.Entries, found.Head, [.. found.Faults.Select(f => new LedgerFaultBody(f.Kind, f.Link == 0 ? null : f.Link, f.Id, f.Words))]);
}
