namespace Grid.Host.Api.Model;

/// <summary>What an act on the queue touched.</summary>
/// <param name="Recipients">Queued recipients made due or cancelled; absent for pause and resume.</param>
public sealed record QueueActBody(string Action, string? Tenant, string? Domain, long? Recipients);
