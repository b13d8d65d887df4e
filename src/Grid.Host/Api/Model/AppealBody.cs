using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>An appeal as it was taken.</summary>
/// <param name="Case">The case that it is in.</param>
public sealed record AppealBody(string Case, Standing State, DateTimeOffset At);
