namespace Grid.Host.Api.Model;

/// <summary>Cases, the oldest first.</summary>
/// <param name="After">Give this as <c>after</c> for the next page; absent on the last one.</param>
public sealed record CasesBody(IReadOnlyList<CaseBody> Cases, string? After);
