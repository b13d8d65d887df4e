namespace Grid.Host.Api.Model;

/// <summary>Something for a case's file.</summary>
/// <param name="Kind">note (the default), owner (words name it), hold and release (of a legal hold), cost.</param>
public sealed record CaseNoteRequest(string? Kind, string? Words);
