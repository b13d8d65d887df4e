using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>What the list of open cases says of one.</summary>
/// <param name="TriageDue">By when somebody is to have looked at it.</param>
/// <param name="LookedAt">When an operator first did anything in it; null: nobody looked yet.</param>
public sealed record OpenCase(string Id, Subject Subject, DateTimeOffset OpenedAt, DateTimeOffset? TriageDue, DateTimeOffset? LookedAt)
{
    /// <summary>Nobody looked at it in time.</summary>
    public bool IsOverdue(DateTimeOffset now) => LookedAt is null && TriageDue < now;
}
