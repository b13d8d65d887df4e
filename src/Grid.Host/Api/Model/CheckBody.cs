namespace Grid.Host.Api.Model;

/// <summary>What would happen to a message.</summary>
/// <param name="Accepted">It would be accepted for at least one recipient.</param>
/// <param name="Findings">What speaks against it.</param>
public sealed record CheckBody(bool Accepted, IReadOnlyList<FieldError> Findings, IReadOnlyList<AcceptedRecipientBody> Recipients);
