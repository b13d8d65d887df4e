namespace Grid.Host.Api.Model;

/// <summary>Who was told of an incident.</summary>
/// <param name="With">Such as a receiver's or a blocklist's name.</param>
public sealed record IncidentShareBody(string With, DateTimeOffset At, string Words);
