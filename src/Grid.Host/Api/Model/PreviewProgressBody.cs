namespace Grid.Host.Api.Model;

/// <summary>How far a preview is.</summary>
/// <param name="At">Instant of the last outcome gone through.</param>
public sealed record PreviewProgressBody(long Outcomes, DateTimeOffset At);
