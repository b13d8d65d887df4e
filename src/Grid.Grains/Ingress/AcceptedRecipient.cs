namespace Grid.Grains.Ingress;

/// <summary>What became of a recipient at intake.</summary>
/// <param name="Status">"queued", "held", "suppressed" or "refused".</param>
/// <param name="Clause">Why it isn't queued.</param>
public sealed record AcceptedRecipient(string Address, string Status, string? Clause = null);
