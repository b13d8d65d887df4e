namespace Grid.Host.Api.Model;

/// <summary>An entry in a case's file.</summary>
/// <param name="Kind">opened, note, owner, hold, release, cost, appeal or verdict.</param>
public sealed record CaseNoteBody(DateTimeOffset At, string Kind, string By, string Words);
