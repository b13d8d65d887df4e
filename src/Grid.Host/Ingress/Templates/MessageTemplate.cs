namespace Grid.Host.Ingress.Templates;

/// <summary>A tenant's template of a message, as it is kept.</summary>
/// <param name="Name">1 to 64 letters, digits, hyphens, dots or underscores.</param>
/// <param name="Subject">Template of the subject.</param>
/// <param name="Text">Template of the text; this or html is there.</param>
/// <param name="Html">Template of the HTML, in which values are escaped.</param>
public sealed record MessageTemplate(string Name, string Subject, string? Text, string? Html, DateTimeOffset ChangedAt);
