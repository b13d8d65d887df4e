namespace Grid.Host.Api.Model;

/// <summary>An attached file.</summary>
/// <param name="ContentType">Default application/octet-stream.</param>
/// <param name="Content">Base64.</param>
/// <param name="ContentId">For <c>cid:</c> links in the HTML; such a file is shown inline.</param>
public sealed record OutgoingAttachment(string? Filename, string? ContentType, byte[]? Content, string? ContentId);
