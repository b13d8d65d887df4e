namespace Grid.Host.Api.Model;

/// <summary>A template as lists have it.</summary>
public sealed record TemplateNameBody(string Name, DateTimeOffset ChangedAt);
