using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Grid.Contracts.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>What is in force under a policy's name, compiled: who runs under which version.</summary>
/// <param name="Source">As the policy's grain says.</param>
/// <param name="Current">The version for all whom the trial doesn't reach.</param>
/// <param name="Trial">The version on trial; null where there is none.</param>
public sealed record PolicySet(PolicyInForce Source, RunningPolicy Current, RunningPolicy? Trial)
{
    private const uint Whole = 10_000;

    /// <summary>The version that is enforced for a subject.</summary>
    public RunningPolicy For(Subject subject) =>
        Trial is not null && Source.TrialReach == PolicyReach.Share && ShareOf(subject) < Source.TrialShare ? Trial : Current;

    /// <summary>The version that is judged beside it without being enforced; null where none is.</summary>
    public RunningPolicy? Shadow => Source.TrialReach == PolicyReach.Shadow ? Trial : null;

    /// <summary>Where a subject stands between 0 and 9,999: the same for a version for ever, so that a larger share contains the smaller one.</summary>
    private int ShareOf(Subject subject)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Trial!.Id}/{subject}");
        return (int)(BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) % Whole);
    }
}
