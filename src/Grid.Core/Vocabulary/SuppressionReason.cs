namespace Grid.Core.Vocabulary;

/// <summary>
/// Why an address is not to be mailed. Only Manual may be undone by the tenant. A stronger reason takes the place of a weaker one: what the
/// recipient said (Complaint, Unsubscribe) of a HardBounce, and each of them of Manual. The numbers are stored.
/// </summary>
public enum SuppressionReason : byte
{
    Complaint = 1,
    HardBounce = 2,
    Unsubscribe = 3,
    Manual = 4,
}
