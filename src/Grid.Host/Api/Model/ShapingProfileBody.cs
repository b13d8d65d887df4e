using Grid.Core.Admission;

namespace Grid.Host.Api.Model;

/// <summary>A profile's limits and the ids of its rules.</summary>
public sealed record ShapingProfileBody(
    string Name,
    IReadOnlyList<string> Exchangers,
    IReadOnlyList<string> Domains,
    IReadOnlyList<string> Sites,
    int? Connections,
    int? SiteConnections,
    int? MessagesPerConnection,
    int? RecipientsPerTransaction,
    string? Rate,
    string? SiteRate,
    string Tls,
    IReadOnlyList<string> Rules)
{
    public static ShapingProfileBody Of(ShapingProfile profile) => new(
        profile.Name,
        profile.Exchangers,
        profile.Domains,
        profile.Sites,
        profile.Connections,
        profile.SiteConnections,
        profile.MessagesPerConnection,
        profile.RecipientsPerTransaction,
        profile.Rate?.ToString(),
        profile.SiteRate?.ToString(),
        profile.Tls.ToString().ToLowerInvariant(),
        [.. profile.Rules.Select(rule => rule.Id)]);
}
