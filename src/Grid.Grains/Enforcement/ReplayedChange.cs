using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>What a policy would have decided.</summary>
/// <param name="Action">guide, warn, limit, suspend, rest, pause, terminate, cure, resume, probation, record.</param>
/// <param name="Reason">In words.</param>
public sealed record ReplayedChange(Subject Subject, DateTimeOffset At, Standing From, Standing To, string Action, string Clause, IReadOnlyList<Figure> Figures, string Reason);
