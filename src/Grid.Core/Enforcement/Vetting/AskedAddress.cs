namespace Grid.Core.Enforcement.Vetting;

/// <summary>An address that a mail asked to confirm itself.</summary>
/// <param name="Address">In normal form.</param>
/// <param name="ConfirmedAt">When its reader did; null: not yet.</param>
public sealed record AskedAddress(string Address, DateTimeOffset AskedAt, DateTimeOffset? ConfirmedAt);
