namespace Grid.Host.Api.SendGrid;

/// <summary>An attached file.</summary>
/// <param name="Content">Base64.</param>
/// <param name="Disposition">attachment or inline.</param>
public sealed record SendGridAttachment(byte[]? Content, string? Type, string? Filename, string? Disposition, string? ContentId);
