using Grid.Core.Enforcement;

namespace Grid.Contracts.Enforcement;

/// <summary>A clause of a subject's policy, and how far the subject is from it.</summary>
/// <param name="Window">Name of its window; empty where it looks at what was reported.</param>
/// <param name="From">Since when that counts.</param>
/// <param name="Events">What it counts.</param>
/// <param name="Volume">What it counts them of.</param>
/// <param name="Rate">Events ÷ volume.</param>
/// <param name="IsCount">The threshold is a number of events, not a share.</param>
/// <param name="IsCollecting">Too little has happened to judge.</param>
[GenerateSerializer, Immutable, Alias("grid.clause-standing")]
public sealed record ClauseStanding(
    [property: Id(0)] string Id,
    [property: Id(1)] ClauseAction Action,
    [property: Id(2)] string Window,
    [property: Id(3)] DateTimeOffset From,
    [property: Id(4)] long Events,
    [property: Id(5)] long Volume,
    [property: Id(6)] decimal Rate,
    [property: Id(7)] decimal Threshold,
    [property: Id(8)] bool IsCount,
    [property: Id(9)] bool IsCollecting,
    [property: Id(10)] bool IsBreached,
    [property: Id(11)] string Words,
    [property: Id(12)] string CureText)
{
    /// <summary>Its threshold is an exception of this tenant.</summary>
    [Id(13)]
    public bool IsOverridden { get; init; }

    /// <summary>Name of what <see cref="Volume"/> counts: delivered, deliveredReporting, attempts, tries.</summary>
    [Id(14)]
    public string VolumeName { get; init; } = "";
}
