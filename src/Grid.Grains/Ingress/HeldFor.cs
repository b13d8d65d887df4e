namespace Grid.Grains.Ingress;

/// <summary>Why a message is taken, and waits for an operator's review.</summary>
/// <param name="Policy">The policy that asks for it.</param>
/// <param name="Clause">Its clause.</param>
/// <param name="Words">What was found.</param>
public sealed record HeldFor(string Policy, int PolicyVersion, string Clause, string Words);
