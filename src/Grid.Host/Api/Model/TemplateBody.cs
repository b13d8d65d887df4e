namespace Grid.Host.Api.Model;

/// <summary>A tenant's template.</summary>
public sealed record TemplateBody(string Name, string Subject, string? Text, string? Html, DateTimeOffset ChangedAt);
