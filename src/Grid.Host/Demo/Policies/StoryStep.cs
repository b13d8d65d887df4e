using Grid.Core.Enforcement.Policies;
using Grid.Core.Vocabulary;

namespace Grid.Host.Demo.Policies;

/// <summary>One thing that happens in the story: a message that is submitted, or something that is counted, reported or done.</summary>
/// <param name="Words">What happens, short.</param>
/// <param name="At">When it begins.</param>
internal sealed record StoryStep(string Words, DateTimeOffset At)
{
    /// <summary>A message, judged when it is submitted; null: none.</summary>
    public MessageFacts? Message { get; init; }

    /// <summary>What ends up in the outcome log.</summary>
    public IReadOnlyList<OutcomeRecord> Outcomes { get; init; } = [];

    /// <summary>What stands in the ledger: a report, or an operator's act.</summary>
    public Decision? Entry { get; init; }
}
