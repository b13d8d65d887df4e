namespace Grid.Host.Api.Model;

/// <summary>A domain's or a tenant's part of the queue.</summary>
/// <param name="OldestSeconds">Age of its oldest.</param>
public sealed record QueueShareBody(string Name, long Total, long Deferred, bool Paused, double OldestSeconds)
{
    /// <inheritdoc cref="QueueBody.Suspended"/>
    public long Suspended { get; init; }
}
