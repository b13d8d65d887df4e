namespace Grid.Host.Api.Model;

/// <summary>An exception from a clause.</summary>
/// <param name="Threshold">A fraction, or a number for clauses that count; absent where the clause is waived.</param>
/// <param name="Waived">True where the clause isn't judged.</param>
public sealed record OverrideBody(string Clause, decimal? Threshold, bool? Waived, DateTimeOffset At, string By, string Reason);
