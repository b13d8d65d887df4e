namespace Grid.Contracts.Enforcement;

/// <summary>A finding, listing or verdict about a subject.</summary>
/// <param name="Id">Of the report: the same id counts once.</param>
/// <param name="Signal">A reported signal's name, such as "verdict.spam".</param>
/// <param name="At">When it was reported.</param>
/// <param name="By">Who reported it.</param>
/// <param name="Evidence">What it rests on, at most 4,000 characters.</param>
/// <param name="Value">A measured value; null where the signal has none.</param>
/// <param name="MessageId">The message that it is about; null where none is named.</param>
/// <param name="Case">The case that it decides; null where there is none.</param>
[GenerateSerializer, Immutable, Alias("grid.finding-report")]
public sealed record FindingReport(
    [property: Id(0)] string Id,
    [property: Id(1)] string Signal,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] string By,
    [property: Id(4)] string Evidence,
    [property: Id(5)] decimal? Value,
    [property: Id(6)] string? MessageId,
    [property: Id(7)] string? Case)
{
    /// <summary>The stream or campaign of the tenant that it is about, such as "campaign/spring"; null: the subject as a whole.</summary>
    [Id(8)]
    public string? Scope { get; init; }
}
