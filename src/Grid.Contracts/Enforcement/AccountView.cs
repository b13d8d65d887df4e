using Grid.Core.Counters;
using Grid.Core.Vocabulary;

namespace Grid.Contracts.Enforcement;

/// <summary>Standing and counters of a subject, as its grain has them now.</summary>
/// <param name="Window">Name of the policy's main window; <paramref name="Counters"/> are those of it.</param>
/// <param name="CureDue">Until when it must be cured; null where nothing is to cure.</param>
[GenerateSerializer, Immutable, Alias("grid.account-view")]
public sealed record AccountView(
    [property: Id(0)] Subject Subject,
    [property: Id(1)] Standing Standing,
    [property: Id(2)] DateTimeOffset Since,
    [property: Id(3)] string Policy,
    [property: Id(4)] int PolicyVersion,
    [property: Id(5)] string Window,
    [property: Id(6)] DateTimeOffset WindowFrom,
    [property: Id(7)] CounterTotals Counters,
    [property: Id(8)] DateTimeOffset? CureDue,
    [property: Id(9)] string? CureRequired,
    [property: Id(10)] Decision? LastDecision)
{
    /// <summary>What the policy's complaint rates are judged of: "delivered", "deliveredReporting", both, or nothing.</summary>
    [Id(11)]
    public IReadOnlyList<string> ComplaintsJudgedOf { get; init; } = [];
}
