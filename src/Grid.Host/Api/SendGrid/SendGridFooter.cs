namespace Grid.Host.Api.SendGrid;

/// <summary>Text below the content.</summary>
public sealed record SendGridFooter(bool? Enable, string? Text, string? Html);
