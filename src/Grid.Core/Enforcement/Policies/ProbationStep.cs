namespace Grid.Core.Enforcement.Policies;

/// <summary>A step of the allowance of new tenants.</summary>
/// <param name="PerDay">Recipients accepted in any 24 hours, 1 or more.</param>
/// <param name="For">How long the step lasts at least; it is left when nothing speaks against the tenant then.</param>
public sealed record ProbationStep(long PerDay, TimeSpan For);
