namespace Grid.Core.Vocabulary;

/// <summary>Why an address is not to be mailed. Only Manual may be undone by the tenant. The numbers are stored.</summary>
public enum SuppressionReason : byte
{
    Complaint = 1,
    HardBounce = 2,
    Unsubscribe = 3,
    Manual = 4,
}
