namespace Grid.Host.Api.SendGrid;

/// <summary>One form of the body.</summary>
/// <param name="Type">text/plain or text/html.</param>
public sealed record SendGridContent(string? Type, string? Value);
