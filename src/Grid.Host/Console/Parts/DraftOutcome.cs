using Grid.Host.Api.Model;

namespace Grid.Host.Console.Parts;

/// <summary>What became of a policy's draft.</summary>
/// <param name="Act">check, preview or push.</param>
/// <param name="Problem">Why it was refused; null where it wasn't.</param>
public sealed record DraftOutcome(string Act, ProblemBody? Problem);
