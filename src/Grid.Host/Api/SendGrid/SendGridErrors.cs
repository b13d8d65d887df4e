namespace Grid.Host.Api.SendGrid;

/// <summary>What went wrong.</summary>
public sealed record SendGridErrors(IReadOnlyList<SendGridError> Errors);
