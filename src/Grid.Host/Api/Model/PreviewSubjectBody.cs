using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;

namespace Grid.Host.Api.Model;

/// <summary>A change of standing that a policy would have made.</summary>
public sealed record PreviewSubjectBody(
    string Subject, Standing From, Standing To, string Action, string Clause, IReadOnlyDictionary<string, decimal> Figures, DateTimeOffset At, string Reason)
{
    public static PreviewSubjectBody Of(ReplayedChange change) => new(
        change.Subject.ToString(), change.From, change.To, change.Action, change.Clause, FigureMap.Of(change.Figures) ?? new Dictionary<string, decimal>(), change.At, change.Reason);
}
