namespace Grid.Host.Api.Model;

/// <summary>A key that is asked for.</summary>
/// <param name="CreatedFrom">IP address of the person who asked for it, where the operator knows it.</param>
public sealed record KeyRequest(string? CreatedFrom);
