namespace Grid.Client;

/// <summary>What became of a recipient.</summary>
/// <param name="Status">queued, suppressed or refused.</param>
/// <param name="Clause">The rule that refused.</param>
public sealed record RecipientResult(string Address, string Status, string? Clause = null);
