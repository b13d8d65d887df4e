namespace Grid.Core.Enforcement.Policies;

/// <summary>A rule of a policy that needs no condition of its own, so that none is forgotten.</summary>
/// <param name="Id">As a clause's.</param>
/// <param name="Words">The rule in a sentence.</param>
/// <param name="By">The mechanism that carries it, or that it waits for, of <see cref="Mechanisms"/>; empty for text only.</param>
public sealed record PolicyNote(string Id, string Words, ClauseSource? Source, NoteKind Kind, string By);
