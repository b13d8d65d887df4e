using Grid.Contracts.Enforcement;

namespace Grid.Grains.Enforcement;

/// <summary>Which versions of a policy are in force, as it is stored.</summary>
/// <param name="Current">Version in force; 0 where there is none yet.</param>
/// <param name="Trial">Version on trial; 0 where there is none.</param>
/// <param name="Reach">How the trial is in force.</param>
/// <param name="Share">Per 10,000, for a trial by share.</param>
/// <param name="Last">Highest number given to a version.</param>
/// <param name="Revision">Rises with each change.</param>
internal sealed record PolicyHead(int Current, int Trial, PolicyReach Reach, int Share, int Last, long Revision);
