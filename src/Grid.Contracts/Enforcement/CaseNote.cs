namespace Grid.Contracts.Enforcement;

/// <summary>One entry in a case's file.</summary>
/// <param name="Kind">opened, note, message, owner, appeal, verdict, hold, release, cost or look.</param>
/// <param name="By">Who: "operator", "grid", "tenant".</param>
[GenerateSerializer, Immutable, Alias("grid.case-note")]
public sealed record CaseNote([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Kind, [property: Id(2)] string By, [property: Id(3)] string Words)
{
    /// <summary>For a cost: how much; null for all else.</summary>
    [Id(4)]
    public decimal? Amount { get; init; }

    /// <summary>For a cost: its currency, three letters (ISO 4217).</summary>
    [Id(5)]
    public string? Currency { get; init; }

    /// <summary>For a cost in a case that isn't about a tenant: whose it is.</summary>
    [Id(6)]
    public string? Tenant { get; init; }
}
