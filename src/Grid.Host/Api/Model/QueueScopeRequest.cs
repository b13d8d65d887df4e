namespace Grid.Host.Api.Model;

/// <summary>Which part of the queue is meant; neither: all of it.</summary>
public sealed record QueueScopeRequest(string? Tenant, string? Domain);
