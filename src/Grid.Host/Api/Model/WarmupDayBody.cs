using Grid.Core.Admission;

namespace Grid.Host.Api.Model;

/// <summary>One day's allowance.</summary>
/// <param name="PerIp">Most recipients over the IP.</param>
/// <param name="PerSite">Most recipients to one receiving site; default half of perIp.</param>
public sealed record WarmupDayBody(int? PerIp, int? PerSite)
{
    public static WarmupDayBody? Of(WarmupDay? day) => day is null ? null : new(day.PerIp, day.PerSite);
}
