namespace Grid.Host.Api.Model;

/// <summary>A tenant's suppressions in order of address.</summary>
/// <param name="Next">Give this as <c>after</c> for the next page; absent on the last page.</param>
public sealed record SuppressionsBody(IReadOnlyList<SuppressionBody> Suppressions, string? Next);
