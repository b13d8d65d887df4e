namespace Grid.Host.Api.Model;

/// <summary>Something that went wrong with a receiver or a blocklist.</summary>
/// <param name="Id">Of the ledger's entry.</param>
/// <param name="Subject">ip/ADDRESS or domain/NAME.</param>
/// <param name="Source">The clause, or the blocklist's signal.</param>
/// <param name="Cause">In words.</param>
/// <param name="Action">What the grid did.</param>
/// <param name="EndedAt">When it ended, or is to end; absent while that isn't known.</param>
/// <param name="Tenants">Who is behind it, by share; only of one incident, and not in its text.</param>
/// <param name="SharedWith">Who was told.</param>
public sealed record IncidentBody(
    string Id,
    DateTimeOffset At,
    string Subject,
    string Source,
    string Cause,
    string Action,
    DateTimeOffset? EndedAt,
    IReadOnlyDictionary<string, decimal>? Figures,
    IReadOnlyList<IncidentTenantBody>? Tenants,
    IReadOnlyList<IncidentShareBody> SharedWith);
