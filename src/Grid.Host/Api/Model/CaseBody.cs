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
    /// <summary>By when somebody is to have looked at it.</summary>
    public DateTimeOffset? TriageDue { get; init; }

    /// <summary>When an operator first did.</summary>
    public DateTimeOffset? LookedAt { get; init; }

    /// <summary>Nobody looked at it in time, and it is open.</summary>
    public bool Overdue { get; init; }

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
        whole ? [.. file.Notes.Select(CaseNoteBody.Of)] : null)
    {
        TriageDue = file.TriageDue,
        LookedAt = file.LookedAt,
        Overdue = file.IsOverdue(now),
    };
}
