namespace Grid.Host.Api.Model;

/// <summary>What became of a message; in a batch one with errors has no id.</summary>
public sealed record AcceptedBody(string? Id, IReadOnlyList<AcceptedRecipientBody>? Recipients, IReadOnlyList<FieldError>? Errors);
