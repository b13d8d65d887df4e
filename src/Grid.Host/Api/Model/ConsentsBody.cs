namespace Grid.Host.Api.Model;

/// <summary>Consent records in order of address and topic.</summary>
/// <param name="Next">Give this as <c>after</c> for the next page; absent on the last page.</param>
public sealed record ConsentsBody(IReadOnlyList<ConsentRecordBody> Consents, string? Next);
