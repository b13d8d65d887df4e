namespace Grid.Contracts.Enforcement;

/// <summary>What is in force under a policy's name.</summary>
/// <param name="Current">The version for all whom the trial doesn't reach.</param>
/// <param name="Trial">A version for a share of the subjects, or in shadow; null where there is none.</param>
/// <param name="TrialReach">How the trial is in force.</param>
/// <param name="TrialShare">Per 10,000 of the subjects, for a trial by share.</param>
/// <param name="Last">The highest version number given.</param>
/// <param name="Revision">Rises with each change of any of these.</param>
[GenerateSerializer, Immutable, Alias("grid.policy-in-force")]
public sealed record PolicyInForce(
    [property: Id(0)] PolicyText Current,
    [property: Id(1)] PolicyText? Trial,
    [property: Id(2)] PolicyReach TrialReach,
    [property: Id(3)] int TrialShare,
    [property: Id(4)] int Last,
    [property: Id(5)] long Revision);
