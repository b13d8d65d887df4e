namespace Grid.Host.Api.Model;

/// <summary>What became of a recipient.</summary>
/// <param name="Status">queued, suppressed or refused.</param>
/// <param name="Clause">Why not queued.</param>
public sealed record AcceptedRecipientBody(string Address, string Status, string? Clause);
