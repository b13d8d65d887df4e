using Grid.Contracts.Enforcement;

namespace Grid.Host.Api.Model;

/// <summary>A version of a policy on trial.</summary>
/// <param name="Reach">share or shadow.</param>
/// <param name="Share">A fraction of the subjects, for reach share.</param>
public sealed record TrialBody(int Version, string Reach, decimal? Share, string Hash)
{
    public static TrialBody? Of(PolicyInForce inForce) => inForce.Trial is not { } trial ? null : new(
        trial.Version, inForce.TrialReach == PolicyReach.Shadow ? "shadow" : "share", inForce.TrialReach == PolicyReach.Share ? inForce.TrialShare / 10_000m : null, trial.Hash);
}
