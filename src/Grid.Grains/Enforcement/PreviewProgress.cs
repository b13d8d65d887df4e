namespace Grid.Grains.Enforcement;

/// <summary>How far a preview is.</summary>
/// <param name="Outcomes">Outcomes gone through.</param>
/// <param name="At">Instant of the last of them.</param>
public sealed record PreviewProgress(long Outcomes, DateTimeOffset At);
