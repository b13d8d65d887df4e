namespace Grid.Host.Api.Model;

/// <summary>A domain's or a tenant's part of the queue.</summary>
public sealed record QueueShareBody(string Name, long Total, long Deferred, bool Paused);
