namespace Grid.Core.Admission;

/// <summary>The plans that are shipped.</summary>
public static class WarmupPlans
{
    /// <summary>Name of the plan where none is given.</summary>
    public const string Default = "standard";

    // What a large sender publishes for its automatic warm-up, messages an hour by day; here a day's is 24 times that, and half of it to one site.
    private static readonly int[] HourlyByDay =
    [
        20, 28, 39, 55, 77, 108, 151, 211, 295, 413, 579, 810, 1000, 1587, 2222, 3111, 4356, 6098, 8583, 11_953, 16_734, 23_427, 32_798, 45_917, 64_284, 89_998,
    ];

    // By week: what senders with small lists are told to keep to, then on to what shared pools call warm after 45 days.
    private static readonly (int Days, int First, int Last)[] Gentle =
        [(7, 50, 100), (7, 200, 500), (7, 1000, 2000), (7, 5000, 10_000), (17, 10_000, 50_000)];

    /// <summary>All of them: standard (26 days) and gentle (45 days).</summary>
    public static IReadOnlyList<WarmupPlan> Shipped { get; } =
    [
        new(Default, [.. HourlyByDay.Select(hourly => new WarmupDay(hourly * 24, hourly * 12))]),
        new("gentle", [.. Gentle.SelectMany(phase => Enumerable.Range(0, phase.Days).Select(day => phase.First + ((phase.Last - phase.First) * day / (phase.Days - 1))))
            .Select(daily => new WarmupDay(daily, daily))]),
    ];

    /// <summary>A shipped plan; null where there is none of that name.</summary>
    public static WarmupPlan? Find(string name) => Shipped.FirstOrDefault(plan => plan.Name == name);
}
