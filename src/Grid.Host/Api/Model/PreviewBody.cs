using Grid.Grains.Enforcement;

namespace Grid.Host.Api.Model;

/// <summary>What a policy would have decided.</summary>
/// <param name="Outcomes">Outcomes gone through, those that fill the windows before the stretch included.</param>
/// <param name="Subjects">Every change of standing, in the order of time.</param>
/// <param name="Spared">What was decided then, and would not have been.</param>
/// <param name="LeftOut">Changes and subjects that were too many to hold.</param>
public sealed record PreviewBody(
    string Policy, DateTimeOffset From, DateTimeOffset To, long Outcomes, IReadOnlyList<PreviewSubjectBody> Subjects, IReadOnlyList<DecisionBody> Spared, long LeftOut)
{
    public static PreviewBody Of(string policy, DateTimeOffset from, DateTimeOffset to, PreviewResult result) => new(
        policy, from, to, result.Outcomes, [.. result.Changes.Select(PreviewSubjectBody.Of)], [.. result.Spared.Select(d => DecisionBody.Of(d)!)], result.LeftOut);
}
