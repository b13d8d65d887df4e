namespace Grid.Host.Api.Model;

/// <summary>Cases, newest first.</summary>
/// <param name="Next">Give this as <c>after</c> for the next page; absent on the last page.</param>
public sealed record AbuseCasesBody(IReadOnlyList<AbuseCaseBody> Cases, string? Next);
