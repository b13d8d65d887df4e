namespace Grid.Host.Api.Model;

/// <summary>A tenant's templates by name; at most 500.</summary>
public sealed record TemplatesBody(IReadOnlyList<TemplateNameBody> Templates);
