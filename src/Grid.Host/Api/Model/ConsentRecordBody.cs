using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>How one recipient agreed, as it is on record; the fields are those of an import.</summary>
/// <param name="Address">In its normal form.</param>
/// <param name="Topic">Absent: whatever the tenant sends.</param>
/// <param name="Basis">Lawful basis by the GDPR, Article 6(1), as by Directive 95/46/EC, Article 7, before it.</param>
/// <param name="RevokedAt">Absent while it holds.</param>
/// <param name="RevokedBy">recipient, tenant or operator.</param>
/// <param name="By">Who wrote it down: recipient (a confirmed mail), tenant or operator.</param>
public sealed record ConsentRecordBody(
    string Address,
    string? Topic,
    string Method,
    DateTimeOffset At,
    string? Ip,
    string? Source,
    string? Evidence,
    string? Channel,
    bool? PreTicked,
    string? Notice,
    string? List,
    string Basis,
    string? GivenTo,
    DateTimeOffset? RevokedAt,
    string? RevokedBy,
    DateTimeOffset RecordedAt,
    string By)
{
    public static ConsentRecordBody Of(ConsentRecord r) => new(
        r.Address, r.Topic.Length == 0 ? null : r.Topic, r.Method, r.At, r.Ip, r.Source, r.Evidence, r.Channel, r.PreTicked, r.Notice, r.List.Length == 0 ? null : r.List, r.Basis, r.GivenTo,
        r.RevokedAt, r.RevokedBy, r.RecordedAt, r.By);
}
