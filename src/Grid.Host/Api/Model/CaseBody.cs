using Grid.Contracts.Enforcement;

namespace Grid.Host.Api.Model;

/// <summary>A case.</summary>
/// <param name="Kind">standing, finding, report or operator.</param>
/// <param name="AgeSeconds">Since it was opened, until it was closed.</param>
/// <param name="Verdict">How it was closed; absent while it is open.</param>
/// <param name="Notes">Its file, oldest first; in lists absent.</param>
public sealed record CaseBody(
    string Id, string Subject, string Kind, string Words, string? Decision, DateTimeOffset OpenedAt, long AgeSeconds, string? Owner, bool LegalHold, string? Verdict, DateTimeOffset? ClosedAt,
    IReadOnlyList<CaseNoteBody>? Notes)
{
    public static CaseBody Of(CaseFile file, DateTimeOffset now, bool whole) => new(
        file.Id,
        file.Subject.ToString(),
        file.Kind.ToString().ToLowerInvariant(),
        file.Words,
        file.Decision,
        file.OpenedAt,
        (long)((file.ClosedAt ?? now) - file.OpenedAt).TotalSeconds,
        file.Owner,
        file.LegalHold,
        file.Verdict,
        file.ClosedAt,
        whole ? [.. file.Notes.Select(n => new CaseNoteBody(n.At, n.Kind, n.By, n.Words))] : null);
}
