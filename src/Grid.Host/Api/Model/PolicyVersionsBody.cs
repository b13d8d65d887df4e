namespace Grid.Host.Api.Model;

/// <summary>Versions of a policy, newest first.</summary>
/// <param name="Before">Give this as <c>before</c> for the page of older ones; absent on the last page.</param>
public sealed record PolicyVersionsBody(IReadOnlyList<PolicyVersionBody> Versions, int? Before);
