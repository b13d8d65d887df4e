using Grid.Contracts.Enforcement;

namespace Grid.Host.Api.Model;

/// <summary>An entry in a case's file.</summary>
/// <param name="Kind">opened, note, message, owner, hold, release, cost, appeal or verdict.</param>
/// <param name="Amount">For a cost.</param>
/// <param name="Currency">For a cost: three letters (ISO 4217).</param>
/// <param name="Tenant">For a cost in a case that isn't about a tenant: whose it is.</param>
public sealed record CaseNoteBody(DateTimeOffset At, string Kind, string By, string Words, decimal? Amount, string? Currency, string? Tenant)
{
    public static CaseNoteBody Of(CaseNote note) => new(note.At, note.Kind, note.By, note.Words, note.Amount, note.Currency, note.Tenant);
}
