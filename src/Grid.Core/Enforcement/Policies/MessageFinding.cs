namespace Grid.Core.Enforcement.Policies;

/// <summary>A clause that a message breaks.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Recipient">Index of the recipient that it is about; null: the whole message.</param>
/// <param name="Field">What of the message it is about, as the API names it: "consent.method"; empty where it is about several.</param>
/// <param name="Words">What was found and what would be right.</param>
public sealed record MessageFinding(MessageClause Clause, int? Recipient, string Field, string Words);
