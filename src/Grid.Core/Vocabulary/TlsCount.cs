namespace Grid.Core.Vocabulary;

/// <summary>Sessions of a day (UTC) with one policy domain that came out alike.</summary>
/// <param name="Failure">Null: they succeeded.</param>
public sealed record TlsCount(DateOnly Day, string Domain, TlsPolicy Policy, TlsFailure? Failure, long Sessions);
