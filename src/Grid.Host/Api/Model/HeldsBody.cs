namespace Grid.Host.Api.Model;

/// <summary>Messages that wait for review, the oldest first.</summary>
/// <param name="After">Give this as <c>after</c> for the next page; absent on the last one.</param>
public sealed record HeldsBody(IReadOnlyList<HeldBody> Messages, string? After);
