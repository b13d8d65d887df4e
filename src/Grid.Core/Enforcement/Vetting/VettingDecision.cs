namespace Grid.Core.Enforcement.Vetting;

/// <summary>How a vetting ended.</summary>
/// <param name="Verified">False: rejected.</param>
/// <param name="By">"operator", or "grid" where the policy asks for no approval.</param>
public sealed record VettingDecision(bool Verified, string By, string Reason, DateTimeOffset At);
