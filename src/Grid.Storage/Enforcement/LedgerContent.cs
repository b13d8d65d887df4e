using Grid.Core.Vocabulary;
using Grid.Storage.Sql;

namespace Grid.Storage.Enforcement;

/// <summary>An entry of the ledger as its columns have it: what is hashed.</summary>
/// <param name="Kind">Number of the subject's kind.</param>
/// <param name="At">Milliseconds since 1970-01-01 UTC.</param>
internal sealed record LedgerContent(string Id, int Kind, string Key, long At, string Json)
{
    /// <summary>A decision as it will be stored: text that a dialect could not hold is cleaned before it is hashed.</summary>
    public static LedgerContent Of(Decision decision, string json) =>
        new(StoredText.Clean(decision.Id), (int)decision.Subject.Kind, StoredText.Clean(decision.Subject.Key), decision.At.ToStored(), StoredText.Clean(json));
}
