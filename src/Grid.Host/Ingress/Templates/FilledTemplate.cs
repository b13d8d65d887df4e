namespace Grid.Host.Ingress.Templates;

/// <summary>A template with one recipient's data filled in.</summary>
public sealed record FilledTemplate(string Subject, string? Text, string? Html);
