namespace Grid.Core.Enforcement.Policies;

/// <summary>One consequence of a clause.</summary>
/// <param name="Kind">What follows.</param>
/// <param name="For">Warn, guide, limit: time to cure. Suspend: after which it ends by itself. Null: as the ladder says, for suspend until an operator ends it.</param>
/// <param name="AtMost">Suspend with <paramref name="For"/>: doubled with each repetition up to this; null: always the same.</param>
public sealed record PolicyConsequence(Consequence Kind, TimeSpan? For = null, TimeSpan? AtMost = null);
