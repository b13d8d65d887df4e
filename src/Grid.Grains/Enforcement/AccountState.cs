using Grid.Core.Admission;
using Grid.Core.Counters;
using Grid.Core.Enforcement;

namespace Grid.Grains.Enforcement;

/// <summary>What a tenant, sending IP or recipient domain keeps across activations.</summary>
[GenerateSerializer, Alias("grid.account-state")]
public sealed record AccountState
{
    /// <summary>By owner of a log: the position up to which the counters have it.</summary>
    [Id(0)]
    public Dictionary<string, long> Applied { get; init; } = [];

    [Id(1)]
    public CounterSnapshot? Counters { get; init; }

    [Id(2)]
    public StandingState? Standing { get; init; }

    /// <summary>Quotas used, by length of their window in seconds.</summary>
    [Id(3)]
    public Dictionary<int, QuotaSnapshot> Quotas { get; init; } = [];

    /// <summary>When the rate limiter's bucket is full again.</summary>
    [Id(4)]
    public DateTimeOffset? PermitsFrom { get; init; }

    /// <summary>Where a policy in shadow would have the subject; null where none was judged.</summary>
    [Id(5)]
    public StandingState? Shadow { get; init; }

    /// <summary>Name and version of the policy that <see cref="Shadow"/> is by.</summary>
    [Id(6)]
    public string? ShadowOf { get; init; }

    /// <summary>Name and version of the policy that it last judged by: one that wakes under another judges at once.</summary>
    [Id(7)]
    public string? JudgedBy { get; init; }

    /// <summary>Id of the last decision that <see cref="Standing"/> has; null where none has been made, or by a version that didn't note it.</summary>
    [Id(8)]
    public string? Decided { get; init; }

    /// <summary>Of a sending IP: whose mail did it how much harm.</summary>
    [Id(9)]
    public IReadOnlyList<HarmSlot> Harm { get; init; } = [];

    /// <summary>Of a recipient domain: how each sending IP fared.</summary>
    [Id(10)]
    public IReadOnlyList<IpSlot> Ips { get; init; } = [];
}
