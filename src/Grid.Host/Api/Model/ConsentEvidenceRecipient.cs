namespace Grid.Host.Api.Model;

/// <summary>A recipient of a message with what is on record.</summary>
/// <param name="Complained">When the recipient complained of this message; absent where they didn't.</param>
/// <param name="Suppression">Why the address is not mailed any more; absent where it is.</param>
public sealed record ConsentEvidenceRecipient(string Address, DateTimeOffset? Complained, IReadOnlyList<ConsentRecordBody> Consents, SuppressionBody? Suppression);
