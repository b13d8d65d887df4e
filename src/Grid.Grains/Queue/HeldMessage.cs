namespace Grid.Grains.Queue;

/// <summary>A message that waits for review, as the registry has it.</summary>
/// <param name="Id">The message's.</param>
/// <param name="SendAt">When its sender wants it sent; null: at once.</param>
public sealed record HeldMessage(string Id, string Tenant, DateTimeOffset At, string Policy, int PolicyVersion, string Clause, string Words, DateTimeOffset? SendAt)
{
    /// <summary>When an operator let it go; null: nobody did.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }
}
