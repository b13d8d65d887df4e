using Grid.Core.Enforcement;
using Grid.Core.Queue;
using Grid.Grains.Queue;
using Grid.Grains.Sending;
using Grid.Testing;

namespace Grid.Grains.Tests.Beds;

/// <summary>What a bed is made of.</summary>
internal sealed record BedOptions
{
    public string Folder { get; init; } = Directory.CreateTempSubdirectory("grid-grains-").FullName;

    public ManualClock Clock { get; init; } = new();

    /// <summary>Whether the stages run; without, a test starts those that it needs.</summary>
    public bool Run { get; init; }

    /// <summary>The policy "default", where <see cref="Policies"/> has no other.</summary>
    public EnforcementPolicy Policy { get; init; } = EnforcementPolicy.Default;

    /// <summary>Text of the built-in policy "default".</summary>
    public string BuiltIn { get; init; } = "built in";

    /// <summary>Further policies by their text.</summary>
    public Dictionary<string, EnforcementPolicy> Policies { get; init; } = [];

    /// <summary>20 minutes doubling to 4 hours, without jitter, for 5 days.</summary>
    public RetrySchedule Schedule { get; init; } = RetrySchedule.Default with { Jitter = 0 };

    public QueueOptions Queue { get; init; } = new();

    public SendingOptions Sending { get; init; } = new();

    /// <summary>Whether idle grains go, as in a grid. Not by default: a clock that jumps would have their deactivation time out.</summary>
    public bool Collects { get; init; }

    /// <summary>Shaping profiles; by default none.</summary>
    public IReadOnlyList<Core.Admission.ShapingProfile> Shaping { get; init; } = [];

    public IReadOnlyList<string> Ips { get; init; } = [GridBed.Ip];

    /// <summary>Called when the store is open, before anything runs.</summary>
    public Action<GridBed> Prepare { get; init; } = static _ => { };
}
