namespace Grid.Client;

/// <summary>An attached file.</summary>
/// <param name="ContentId">Makes it an inline part that html refers to as cid:….</param>
public sealed record MailAttachment(string Filename, string ContentType, byte[] Content, string? ContentId = null);
