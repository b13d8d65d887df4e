namespace Grid.Host.Api.Model;

/// <summary>A clause held against the counters.</summary>
/// <param name="Action">What it would do: warn or suspend.</param>
/// <param name="Value">Measured now, in its unit.</param>
/// <param name="Threshold">It acts strictly above this.</param>
/// <param name="Used">Value ÷ threshold: 0.8 is 80 % of the way; 0 while too little has happened to judge.</param>
/// <param name="Judged">False while the floors of volume or events are not reached.</param>
/// <param name="Correct">What to do where it is breached.</param>
public sealed record MeasureBody(
    string Clause,
    string Action,
    decimal Value,
    decimal Threshold,
    decimal Used,
    bool Judged,
    bool Breached,
    long Events,
    long Volume,
    string Rule,
    string? Correct)
{
    public const string Fraction = "fraction";
    public const string Count = "count";

    /// <summary>fraction (0.001 is 0.1 %) or count, of value and threshold.</summary>
    public required string Unit { get; init; }

    /// <summary>Name of the window that it looks at; absent where it looks at what was reported.</summary>
    public string? Window { get; init; }

    /// <summary>Since when that counts.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>What volume counts: delivered, deliveredReporting (to receivers that have a feedback loop), attempts, tries.</summary>
    public string? VolumeOf { get; init; }

    /// <summary>True where the threshold is an exception of this tenant; else absent.</summary>
    public bool? Overridden { get; init; }
}
