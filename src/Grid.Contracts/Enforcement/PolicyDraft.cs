namespace Grid.Contracts.Enforcement;

/// <summary>A policy to be pushed. Its text was read before, and has no fault.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="MediaType">application/yaml or application/json.</param>
/// <param name="Parents">What it extends, nearest first.</param>
/// <param name="By">Who pushes it.</param>
/// <param name="Reason">Why; may be empty.</param>
/// <param name="Reach">For whom it is in force.</param>
/// <param name="Share">For <see cref="PolicyReach.Share"/>: per 10,000 of the subjects, 1 to 9,999.</param>
[GenerateSerializer, Immutable, Alias("grid.policy-draft")]
public sealed record PolicyDraft(
    [property: Id(0)] string Text,
    [property: Id(1)] string MediaType,
    [property: Id(2)] IReadOnlyList<PolicyParent> Parents,
    [property: Id(3)] string By,
    [property: Id(4)] string Reason,
    [property: Id(5)] PolicyReach Reach,
    [property: Id(6)] int Share);
