namespace Grid.Core.Enforcement.Vetting;

/// <summary>One demand of a policy, held against a file.</summary>
/// <param name="Name">One of <see cref="VettingDemands.All"/>, or review.</param>
/// <param name="IsMet">It is there.</param>
/// <param name="Words">What is missing, or what is there.</param>
/// <param name="IsOperators">The operator brings it, not the applicant.</param>
public sealed record VettingDemand(string Name, bool IsMet, string Words, bool IsOperators);
