using System.Text.Json;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>The policies that tenants can be under.</summary>
public sealed class PolicyShelf
{
    private readonly EnforcementPolicy[] _policies = [EnforcementPolicy.Default];

    /// <summary>In order of name.</summary>
    public IReadOnlyList<EnforcementPolicy> All => _policies;

    /// <summary>Null when there is no such policy.</summary>
    public ValueTask<EnforcementPolicy?> FindAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Array.Find(_policies, policy => policy.Name == name));
    }

    public async ValueTask<bool> HasAsync(string name, CancellationToken cancellationToken) => await FindAsync(name, cancellationToken) is not null;

    /// <summary>A policy as it is shown.</summary>
    public static PolicyBody Show(EnforcementPolicy policy) => new(
        policy.Name,
        policy.Version,
        policy.VettingRequired,
        DurationText.Of(policy.RepeatWindow),
        policy.SuspensionsToTerminate,
        new(DurationText.Of(policy.Retry.First), policy.Retry.Factor, DurationText.Of(policy.Retry.Cap), policy.Retry.Jitter, DurationText.Of(policy.Retry.MaxAge)),
        [.. Clauses(policy, "tenant", SubjectKind.Tenant), .. Clauses(policy, "ip", SubjectKind.Ip), .. Clauses(policy, "domain", SubjectKind.Domain)]);

    private static IEnumerable<ClauseBody> Clauses(EnforcementPolicy policy, string subject, SubjectKind kind) => policy.Clauses(kind).Select(clause => new ClauseBody(
        clause.Id,
        subject,
        JsonNamingPolicy.CamelCase.ConvertName(clause.Measure.ToString()),
        clause.Window,
        clause.Threshold.Fraction,
        clause.MinDelivered,
        clause.MinEvents,
        JsonNamingPolicy.CamelCase.ConvertName(clause.Action.ToString()),
        clause.Cure is { } cure ? DurationText.Of(cure) : null,
        clause.Words,
        clause.CureText));
}
