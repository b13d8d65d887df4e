using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>What a draft would have decided.</summary>
/// <param name="Changes">In the order of time, at most <see cref="PolicyPreview.MaxChanges"/>.</param>
/// <param name="Spared">The worst that was decided then about subjects of which the draft would have decided nothing like it.</param>
/// <param name="Outcomes">Outcomes gone through, those before the stretch included.</param>
/// <param name="LeftOut">Changes and subjects that were too many.</param>
public sealed record PreviewResult(IReadOnlyList<ReplayedChange> Changes, IReadOnlyList<Decision> Spared, long Outcomes, long LeftOut);
