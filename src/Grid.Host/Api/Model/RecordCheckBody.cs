namespace Grid.Host.Api.Model;

/// <summary>What a look-up of a record found.</summary>
/// <param name="Published">The right record was there.</param>
/// <param name="Words">What was there instead.</param>
public sealed record RecordCheckBody(DateTimeOffset At, bool Published, string? Words);
