using Grid.Contracts.Enforcement;

namespace Grid.Host.Api.Model;

/// <summary>A version of a policy.</summary>
/// <param name="Extends">What it was written on top of, nearest first, as it was then.</param>
/// <param name="Text">As it was written; in lists absent.</param>
public sealed record PolicyVersionBody(
    string Name, int Version, string Hash, DateTimeOffset PushedAt, string By, string? Reason, string MediaType, IReadOnlyList<PolicyName>? Extends, string? Text)
{
    public static PolicyVersionBody Of(PolicyText text, bool whole) => new(
        text.Name, text.Version, text.Hash, text.At, text.By, text.Reason.Length == 0 ? null : text.Reason, text.MediaType,
        text.Parents.Count == 0 ? null : [.. text.Parents.Select(p => new PolicyName(p.Name, p.Version))], whole ? text.Text : null);
}
