namespace Grid.Host.Api.Access;

/// <summary>Metadata of an endpoint that asks for a key.</summary>
public sealed record KeyRequirement(CallerRole Role);
