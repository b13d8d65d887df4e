using System.Text.Json;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>The policies that tenants can be under, and the drafts that are to become some.</summary>
public sealed class PolicyShelf(IRegistry registry, IPolicyReader reader, PolicyBook book, IGrainFactory grains)
{
    /// <summary>Most policies; beyond, a push under a new name is refused.</summary>
    public const int MaxPolicies = 500;

    /// <summary>Kind under which the heads of policies stand in the registry.</summary>
    private const string Kind = "policy";

    /// <summary>The policy that is in force for all; null when there is none of that name.</summary>
    public async ValueTask<EnforcementPolicy?> FindAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return IsName(name) && await book.FindAsync(name) is { } set ? set.Current.Policy : null;
    }

    /// <summary>What is in force under a name; null when there is no such policy.</summary>
    public async ValueTask<PolicySet?> FindSetAsync(string name) => IsName(name) ? await book.FindAsync(name) : null;

    public async ValueTask<bool> HasAsync(string name, CancellationToken cancellationToken) => await FindAsync(name, cancellationToken) is not null;

    /// <summary>What is in force, in order of name.</summary>
    public async ValueTask<IReadOnlyList<PolicySet>> ListAsync(CancellationToken cancellationToken)
    {
        var stored = await registry.ListAsync(Kind, "", MaxPolicies, cancellationToken);
        var sets = new List<PolicySet>();
        foreach (var name in stored.Select(entry => entry.Key).Union(reader.BuiltIn.Keys).Order(StringComparer.Ordinal))
        {
            if (await book.FindAsync(name) is { } set)
            {
                sets.Add(set);
            }
        }

        return sets;
    }

    /// <summary>Reads a draft on top of what is in force now; what it extends is noted with its version.</summary>
    public async ValueTask<(PolicyReading Reading, IReadOnlyList<PolicyParent> Parents)> ReadAsync(string name, string text, CancellationToken cancellationToken)
    {
        var known = (await ListAsync(cancellationToken)).ToDictionary(set => set.Current.Policy.Name, StringComparer.Ordinal);
        return PolicyTexts.Read(reader, name, text, Parent);

        PolicyParent? Parent(string asked) => known.TryGetValue(asked, out var set) ? new(asked, set.Source.Current.Version, set.Source.Current.Text) : null;
    }

    public IPolicyGrain Grain(string name) => grains.GetGrain<IPolicyGrain>(name);

    /// <summary>Whether it can be the name of a policy: 1 to 64 of a-z, 0-9 and '-', beginning with a letter or digit.</summary>
    public static bool IsName(string name) =>
        name.Length is >= 1 and <= 64 && name[0] != '-' && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    /// <summary>A policy as it is shown.</summary>
    public static PolicyBody Show(EnforcementPolicy policy) => new(
        policy.Name,
        policy.Version,
        policy.VettingRequired,
        DurationText.Of(policy.RepeatWindow),
        policy.SuspensionsToTerminate,
        new(DurationText.Of(policy.Retry.First), policy.Retry.Factor, DurationText.Of(policy.Retry.Cap), policy.Retry.Jitter, DurationText.Of(policy.Retry.MaxAge)),
        [.. Clauses(policy, "tenant", SubjectKind.Tenant), .. Clauses(policy, "ip", SubjectKind.Ip), .. Clauses(policy, "domain", SubjectKind.Domain)]);

    /// <summary>A policy as it is shown, with what is known of its version.</summary>
    public static PolicyBody Show(PolicySet set) => Show(set.Current.Policy) with
    {
        Words = set.Current.Policy.Words,
        Effective = set.Current.Policy.Effective,
        Extends = set.Current.Policy.Extends,
        Hash = set.Source.Current.Hash,
        PushedAt = set.Source.Current.At,
        By = set.Source.Current.By,
        Reason = set.Source.Current.Reason.Length == 0 ? null : set.Source.Current.Reason,
        LastVersion = set.Source.Last,
        Trial = TrialBody.Of(set.Source),
        MediaType = set.Source.Current.MediaType,
        Text = set.Source.Current.Text,
    };

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
