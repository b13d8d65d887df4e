namespace Grid.Core.Admission;

/// <summary>One day's allowance of a warm-up plan.</summary>
/// <param name="PerIp">Most recipients over the IP, all sites together, at least 1.</param>
/// <param name="PerSite">Most recipients from the IP to one receiving site, 1 to <paramref name="PerIp"/>.</param>
public sealed record WarmupDay(int PerIp, int PerSite);
