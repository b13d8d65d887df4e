namespace Grid.Host.Api.Model;

/// <summary>An incident is shared with somebody.</summary>
/// <param name="With">Such as a receiver's or a blocklist's name, at most 200 characters.</param>
/// <param name="Words">What was said, at most 1,000 characters.</param>
public sealed record IncidentShareRequest(string? With, string? Words);
