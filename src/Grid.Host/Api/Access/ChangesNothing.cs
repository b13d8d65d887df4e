namespace Grid.Host.Api.Access;

/// <summary>Metadata of a POST endpoint that only looks, so that readers may call it.</summary>
public sealed record ChangesNothing;
