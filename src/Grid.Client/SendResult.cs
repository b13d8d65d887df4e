namespace Grid.Client;

/// <summary>A message that the grid has taken, durably.</summary>
/// <param name="Id">For <see cref="GridClient.FindAsync"/>.</param>
public sealed record SendResult(string Id, IReadOnlyList<RecipientResult> Recipients);
