namespace Grid.Host.Api.Model;

/// <summary>A template with data filled in, as a message would have it.</summary>
public sealed record FilledTemplateBody(string Subject, string? Text, string? Html);
