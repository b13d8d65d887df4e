using Orleans.Runtime;

namespace Orleans;

/// <summary>A reminder as stored.</summary>
[GenerateSerializer]
public sealed class ReminderEntry
{
    /// <summary>Whose it is.</summary>
    [Id(0)]
    public GrainId GrainId { get; set; }

    /// <summary>Its name within the grain.</summary>
    [Id(1)]
    public string ReminderName { get; set; } = null!;

    /// <summary>First tick, UTC.</summary>
    [Id(2)]
    public DateTime StartAt { get; set; }

    /// <summary>Time between ticks.</summary>
    [Id(3)]
    public TimeSpan Period { get; set; }

    /// <summary>The version stored.</summary>
    [Id(4)]
    public string? ETag { get; set; }

    /// <inheritdoc />
    public override string ToString() => $"{GrainId} {ReminderName} from {StartAt:O} every {Period}";
}
