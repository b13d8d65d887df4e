namespace Grid.Contracts.Enforcement;

/// <summary>One entry in a case's file.</summary>
/// <param name="Kind">opened, note, owner, appeal, verdict, hold or cost.</param>
/// <param name="By">Who: "operator", "grid", "tenant".</param>
[GenerateSerializer, Immutable, Alias("grid.case-note")]
public sealed record CaseNote([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Kind, [property: Id(2)] string By, [property: Id(3)] string Words);
