using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>The registry's cases, found by what is asked for: noted with each case's document, in its transaction.</summary>
public interface ICases
{
    /// <summary>The registry's kind of a case's document.</summary>
    const string Kind = "case";

    /// <summary>Documents in ordinal order of id, after <paramref name="afterId"/> ("" for the first page).</summary>
    ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ListAsync(CaseFilter filter, string afterId, int limit, CancellationToken cancellationToken = default);
}
