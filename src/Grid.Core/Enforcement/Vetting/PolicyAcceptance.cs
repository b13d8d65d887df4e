namespace Grid.Core.Enforcement.Vetting;

/// <summary>Who accepted a policy.</summary>
/// <param name="Policy">Name of the policy.</param>
/// <param name="Version">The version that was in force.</param>
/// <param name="Hash">SHA-256 of its text, 64 hexadecimal digits.</param>
/// <param name="Effective">Its date; one that is later than this asks for acceptance anew.</param>
/// <param name="Person">Name of the person.</param>
/// <param name="Ip">Address from which they did; empty where it isn't known.</param>
public sealed record PolicyAcceptance(string Policy, int Version, string Hash, DateOnly? Effective, string Person, DateTimeOffset At, string Ip);
