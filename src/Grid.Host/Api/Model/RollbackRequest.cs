namespace Grid.Host.Api.Model;

/// <summary>Which version is to be in force again.</summary>
public sealed record RollbackRequest(int? Version, string? Reason);
